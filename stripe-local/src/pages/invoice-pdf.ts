import type { Customer } from "../objects/customer.ts";
import type { Invoice } from "../objects/invoice.ts";
import { day, money } from "./format.ts";
import { MERCHANT } from "./layout.ts";

const PAGE_HEIGHT = 842;
const TOP = 780;
const LEADING = 18;
const LINES_PER_PAGE = 40;
const WIDEST = 88;

/** A plain PDF of an invoice: text only, in a typeface that every reader has. */
export function invoicePdf(invoice: Invoice, customer: Customer | null): Buffer {
  const { amount_paid, amount_remaining, currency, number, status, status_transitions: at, total } = invoice;
  const lines = [
    `${MERCHANT} (test mode)`,
    "",
    `Invoice ${number ?? invoice.id}`,
    `To: ${customer?.name ?? customer?.email ?? invoice.customer}`,
    `Date: ${day(at.finalized_at ?? invoice.created)}`,
    ...(invoice.due_date === null ? [] : [`Due: ${day(invoice.due_date)}`]),
    `Status: ${status}`,
    "",
    ...invoice.lines.flatMap(({ description, period, amount }) => [
      description ?? "",
      `    ${day(period.start)} - ${day(period.end)}    ${money(amount, currency)}`,
    ]),
    "",
    `Total: ${money(total, currency)}`,
    `Paid: ${money(amount_paid, currency)}`,
    `Amount due: ${money(amount_remaining, currency)}`,
  ];
  return document(lines.flatMap(wrapped));
}

/** The objects of a PDF one after the other, and the table that says where each one starts. */
function document(lines: readonly string[]): Buffer {
  const pages = Array.from({ length: Math.ceil(lines.length / LINES_PER_PAGE) }, (_, index) =>
    lines.slice(index * LINES_PER_PAGE, (index + 1) * LINES_PER_PAGE),
  );
  const numberOf = (index: number) => 4 + index * 2;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${numberOf(index)} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ...pages.flatMap((page, index) => {
      const text = `BT /F1 11 Tf ${LEADING} TL 56 ${TOP} Td ${page.map((line) => `(${quoted(line)}) Tj T*`).join(" ")} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 ${PAGE_HEIGHT}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${numberOf(index) + 1} 0 R >>`,
        `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
      ];
    }),
  ];
  let body = "%PDF-1.4\n";
  const starts = objects.map((object, index) => {
    const start = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + end, "latin1");
}

function wrapped(line: string): string[] {
  const found = line.match(new RegExp(`.{1,${WIDEST}}`, "gu"));
  return found ?? [""];
}

/** What Latin-1 does not have is shown as a question mark; brackets and backslashes mean something to a PDF. */
const quoted = (text: string): string =>
  text
    .replaceAll("–", "-")
    .replace(/[^\u0020-\u007e\u00a0-\u00ff]/gu, "?")
    .replace(/[\\()]/g, "\\$&");
