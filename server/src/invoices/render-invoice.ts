import type { AnnexEntry, Fact, InvoiceDocument } from "./invoice-document.ts";
import { type Column, PdfSheets } from "./pdf-sheet.ts";

/** Raised when the same words are laid out otherwise, so that stored documents are made again. */
export const LAYOUT = 1;

const lineColumns: readonly Column[] = [
  { head: "Description", share: 40 },
  { head: "Period (UTC)", share: 26 },
  { head: "Quantity", share: 24, align: "right" },
  { head: "Amount", share: 16, align: "right" },
];
const totalColumns: readonly Column[] = [
  { head: "", share: 60 },
  { head: "", share: 24, align: "right" },
  { head: "", share: 20, align: "right" },
];
const moneyColumns: readonly Column[] = [
  { head: "Date", share: 16 },
  { head: "Payments, credits and refunds", share: 64 },
  { head: "Amount", share: 20, align: "right" },
];
const partColumns: readonly Column[] = [
  { head: "Usage", share: 26 },
  { head: "Billed units", share: 20, align: "right" },
  { head: "Unit price", share: 20, align: "right" },
  { head: "Factor", share: 10, align: "right" },
  { head: "Exact amount", share: 24, align: "right" },
  { head: "Events", share: 10, align: "right" },
];
const sumColumns: readonly Column[] = [
  { head: "", share: 80, align: "right" },
  { head: "", share: 24, align: "right" },
  { head: "", share: 10 },
];

/** Points of a row of a table, and of all that stands above the table of a usage line. */
const ROW = 19;
const ENTRY_HEAD = 80;
/** A usage line with few rows stays on one sheet; of a longer one, its head and first rows do. */
const ROWS_TOGETHER = 12;

/** Sets an invoice's document as a PDF. */
export function renderInvoice(document: InvoiceDocument): Promise<Buffer> {
  const sheets = new PdfSheets(document.title);
  sheets.text(document.title, { size: 18, bold: true, gap: 2 });
  sheets.text(`${document.status}. ${document.statusNote}`, { size: 10, bold: true, gap: 14 });
  sheets.blocks([
    ["From", ...document.seller],
    ["To", ...document.buyer],
  ]);
  sheets.space(12);
  for (const row of inThrees(document.facts)) {
    sheets.blocks(row);
    sheets.space(6);
  }
  sheets.space(10);
  sheets.table(
    lineColumns,
    document.lines.map(({ what, period, quantity, amount }) => [what, period, quantity, amount]),
  );
  sheets.space(6);
  totals(sheets, document);
  if (document.money.length > 0) {
    sheets.space(14);
    sheets.table(
      moneyColumns,
      document.money.map(({ when, what, amount }) => [when, what, amount]),
    );
  }
  sheets.space(10);
  sheets.text("Times are UTC. A period includes its start and not its end.", { size: 7.5, faint: true });
  if (document.annex.length > 0) annex(sheets, document.annex);
  return sheets.finish(`${document.title} - ${document.status} - ${document.buyer[0] ?? ""}`);
}

/** Facts side by side, three to a row; a short row keeps its columns. */
function inThrees(facts: readonly Fact[]): string[][][] {
  const rows = Array.from({ length: Math.ceil(facts.length / 3) }, (_, row) => facts.slice(row * 3, row * 3 + 3));
  return rows.map((row) =>
    [0, 1, 2].map((column) => {
      const fact = row[column];
      return fact ? [fact.label, fact.value] : [];
    }),
  );
}

function totals(sheets: PdfSheets, { totals }: InvoiceDocument): void {
  sheets.keepTogether(totals.length * ROW);
  sheets.table(
    totalColumns,
    totals.map(({ label, value }) => ["", label, value]),
    new Set(totals.flatMap(({ strong }, index) => (strong ? [index] : []))),
  );
}

function annex(sheets: PdfSheets, entries: readonly AnnexEntry[]): void {
  sheets.newSheet();
  sheets.text("Annex: how usage became amounts", { size: 14, bold: true, gap: 4 });
  sheets.text(
    "Units x unit price x factor is the exact amount of each row. The rows of a line are added exactly, and the sum is rounded half up to the cent, once.",
    { faint: true, gap: 12 },
  );
  for (const entry of entries) {
    sheets.keepTogether(ENTRY_HEAD + Math.min(entry.parts.length + entry.sums.length + 1, ROWS_TOGETHER) * ROW);
    sheets.text(entry.title, { size: 11, bold: true, gap: 1 });
    sheets.text(entry.period, { faint: true, gap: 4 });
    for (const sentence of entry.sentences) sheets.text(sentence, { gap: 3 });
    sheets.space(3);
    if (entry.parts.length > 0)
      sheets.table(
        partColumns,
        entry.parts.map(({ what, quantity, price, multiplier, amount, events }) => [
          what,
          quantity,
          price,
          multiplier,
          amount,
          events,
        ]),
      );
    sheets.keepTogether(entry.sums.length * ROW);
    sheets.table(
      sumColumns,
      entry.sums.map(({ label, value }) => [label, value]),
      new Set([1]),
    );
    sheets.space(16);
  }
}
