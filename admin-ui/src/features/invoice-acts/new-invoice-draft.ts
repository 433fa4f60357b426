import type { CreateInvoiceInput } from "../../gql/documents";
import { compareDecimals, multiplyDecimals, parseDecimal, sumDecimals } from "../../lib/decimal";

export type LineDraft = {
  readonly key: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitAmount: string;
};

/** A bill by hand as it is written. */
export type InvoiceDraft = {
  readonly lines: readonly LineDraft[];
  /** Charged to the card at once, or sent to be paid. */
  readonly way: "card" | "send";
  readonly daysUntilDue: string;
  readonly memo: string;
  readonly reason: string;
};

const WHOLE_CENTS = /^-?\d+(\.\d{1,2})?$/;

/** What a line comes to; null while it is not right. */
export function lineAmount({ quantity, unitAmount }: Pick<LineDraft, "quantity" | "unitAmount">): string | null {
  const [count, price] = [parseDecimal(quantity), parseDecimal(unitAmount)];
  if (count === null || price === null) return null;
  const amount = multiplyDecimals(count, price);
  return WHOLE_CENTS.test(amount) ? amount : null;
}

/** What all lines come to; null while one is not right. */
export function totalOf(lines: readonly LineDraft[]): string | null {
  const amounts = lines.map(lineAmount);
  return amounts.every((amount) => amount !== null) ? sumDecimals(amounts) : null;
}

/** What is wrong, by field: `lines.0.quantity`, `daysUntilDue`, `reason`, `total`. */
export function invoiceFaults({ lines, way, daysUntilDue, reason }: InvoiceDraft): Record<string, string> {
  const faults: Record<string, string> = {};
  lines.forEach(({ description, quantity, unitAmount }, index) => {
    const [count, price] = [parseDecimal(quantity), parseDecimal(unitAmount)];
    if (description.trim() === "") faults[`lines.${index}.description`] = "Say what it is for";
    if (count === null || compareDecimals(count, "0") <= 0) faults[`lines.${index}.quantity`] = "More than 0";
    if (price === null) faults[`lines.${index}.unitAmount`] = "Enter an amount";
    else if (count !== null && lineAmount({ quantity, unitAmount }) === null)
      faults[`lines.${index}.unitAmount`] = "Must come to whole cents";
  });
  const total = totalOf(lines);
  if (total !== null && compareDecimals(total, "0") <= 0)
    faults["total"] = "Together the lines must come to more than nothing";
  if (way === "send" && !(/^\d{1,3}$/.test(daysUntilDue) && Number(daysUntilDue) >= 1 && Number(daysUntilDue) <= 365))
    faults["daysUntilDue"] = "1 to 365 days";
  if (reason.trim() === "") faults["reason"] = "Say why";
  return faults;
}

/** What the API is asked for, of a draft without faults. */
export const invoiceInput = (
  organizationId: string,
  { lines, way, daysUntilDue, memo, reason }: InvoiceDraft,
): CreateInvoiceInput => ({
  organizationId,
  lines: lines.map(({ description, quantity, unitAmount }) => ({
    description: description.trim(),
    quantity: parseDecimal(quantity) ?? "0",
    unitAmount: parseDecimal(unitAmount) ?? "0",
  })),
  daysUntilDue: way === "send" ? Number(daysUntilDue) : null,
  memo: memo.trim() === "" ? null : memo.trim(),
  reason: reason.trim(),
});
