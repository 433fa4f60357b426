import type { InvoiceDifference } from "./invoice.entity.ts";
import type { MirroredInvoice, MirroredLine } from "./mirrored-invoice.ts";

/**
 * A line that the ledger and the catalog say must be on an invoice. Charges are found again by
 * their id, whichever way they went; fees and quoted prorations, which Stripe makes, by what they come to.
 */
export type ExpectedLine =
  | { readonly kind: "CHARGE"; readonly chargeId: string; readonly label: string; readonly amountMinor: bigint }
  | { readonly kind: "FEE" | "PRORATION"; readonly label: string; readonly amountMinor: bigint };

export type ExpectedInvoice = { readonly currency: string; readonly lines: readonly ExpectedLine[] };

/** What of an invoice is compared. */
export type ComparedInvoice = Pick<MirroredInvoice, "currency" | "lines" | "subtotalMinor" | "taxMinor" | "totalMinor">;

/**
 * What an invoice of Stripe's has otherwise than the ledger: nothing when they agree to the cent.
 *
 * A line that is missing, unknown, there twice or of another amount is a difference, and so is
 * another currency, a subtotal that is not the sum of the lines, and a total that is not the
 * subtotal with its tax. A line of nothing may be there or not.
 */
export function compareInvoice(expected: ExpectedInvoice, found: ComparedInvoice): InvoiceDifference[] {
  const sum = found.lines.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return [
    ...unequal("Currency", expected.currency.toUpperCase(), found.currency.toUpperCase()),
    ...chargeDifferences(expected.lines, found.lines),
    ...differencesByAmount("FEE", expected.lines, found.lines),
    ...differencesByAmount("PRORATION", expected.lines, found.lines),
    ...found.lines
      .filter(({ source, chargeId }) => (source === "ITEM" || source === "METERED") && chargeId === null)
      .flatMap((line) => difference(line.description, null, line.amountMinor)),
    ...unequal("Subtotal, as the sum of the lines", sum.toString(), found.subtotalMinor.toString()),
    ...unequal(
      "Total, as subtotal and tax",
      (found.subtotalMinor + found.taxMinor).toString(),
      found.totalMinor.toString(),
    ),
  ];
}

function chargeDifferences(expected: readonly ExpectedLine[], found: readonly MirroredLine[]): InvoiceDifference[] {
  const charges = expected.filter((line) => line.kind === "CHARGE");
  const seen = new Set<string>();
  const ofLines = found.flatMap((line) => {
    if (line.chargeId === null) return [];
    const charge = charges.find(({ chargeId }) => chargeId === line.chargeId);
    if (!charge) return difference(line.description, null, line.amountMinor);
    if (seen.has(charge.chargeId)) return difference(`${charge.label}, once more`, null, line.amountMinor);
    seen.add(charge.chargeId);
    return difference(charge.label, charge.amountMinor, line.amountMinor);
  });
  const missing = charges.filter(({ chargeId }) => !seen.has(chargeId));
  return [...ofLines, ...missing.flatMap(({ label, amountMinor }) => difference(label, amountMinor, null))];
}

/** Pairs lines that come to the same; those left over are set against each other in their order. */
function differencesByAmount(
  kind: "FEE" | "PRORATION",
  expected: readonly ExpectedLine[],
  found: readonly MirroredLine[],
): InvoiceDifference[] {
  const left = found.filter(({ source, chargeId }) => source === kind && chargeId === null);
  const unpaired = expected.filter((line) => {
    if (line.kind !== kind) return false;
    const same = left.findIndex(({ amountMinor }) => amountMinor === line.amountMinor);
    if (same >= 0) left.splice(same, 1);
    return same < 0;
  });
  return Array.from({ length: Math.max(unpaired.length, left.length) }, (_, index) => {
    const [ours, stripes] = [unpaired[index], left[index]];
    const label = ours?.label ?? stripes?.description ?? kind;
    return difference(label, ours?.amountMinor ?? null, stripes?.amountMinor ?? null);
  }).flat();
}

const difference = (line: string, ours: bigint | null, stripes: bigint | null): InvoiceDifference[] =>
  (ours ?? 0n) === (stripes ?? 0n)
    ? []
    : [{ line, ours: ours?.toString() ?? null, stripes: stripes?.toString() ?? null }];

const unequal = (line: string, ours: string, stripes: string): InvoiceDifference[] =>
  ours === stripes ? [] : [{ line, ours, stripes }];
