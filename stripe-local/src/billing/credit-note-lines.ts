import type { Call } from "../http/call.ts";
import { missing, noSuch } from "../http/stripe-error.ts";
import { type CreditNote, type CreditNoteLine, newCreditNoteLine } from "../objects/credit-note.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { Metadata } from "../objects/subscription.ts";
import { decimalOf, divideHalfUp, readDecimal, wholeProduct, writeDecimal } from "./decimal.ts";
import { refuse } from "./refuse.ts";

export type CreditLineParams = {
  amount?: number;
  description?: string;
  invoice_line_item?: string;
  metadata?: Metadata;
  quantity?: number;
  type: "custom_line_item" | "invoice_line_item";
  unit_amount?: number;
  unit_amount_decimal?: string;
};

/** What is credited line by line. @throws StripeError when a line is unknown or has less left than is asked for */
export function creditLines(
  call: Call,
  invoice: Invoice,
  issued: readonly CreditNote[],
  { amount, lines }: { amount?: number; lines?: CreditLineParams[] },
): CreditNoteLine[] {
  if (lines !== undefined && lines.length > 0) {
    return lines.map((line, index) => {
      const at = `lines[${index}]`;
      return line.type === "custom_line_item"
        ? customLine(call, line, at)
        : lineOfInvoice(call, invoice, issued, line, at);
    });
  }
  if (amount === undefined) throw missing("amount");
  return [customLine(call, { type: "custom_line_item", unit_amount: amount, quantity: 1 }, "amount")];
}

function customLine({ newId }: Call, line: CreditLineParams, at: string): CreditNoteLine {
  const { quantity = 1, unit_amount, unit_amount_decimal, description, metadata } = line;
  const unit = unit_amount_decimal === undefined ? decimalOf(unit_amount ?? 0) : readDecimal(unit_amount_decimal);
  if (unit === null || (unit_amount === undefined && unit_amount_decimal === undefined)) {
    throw missing(`${at}[unit_amount]`);
  }
  return newCreditNoteLine({
    id: newId("cnli"),
    amount: wholeProduct(unit, decimalOf(quantity)),
    description: description ?? null,
    metadata: metadata ?? {},
    quantity,
    type: "custom_line_item",
    unit_amount: unit_amount ?? null,
    unit_amount_decimal: writeDecimal(unit),
  });
}

function lineOfInvoice(
  { newId }: Call,
  invoice: Invoice,
  issued: readonly CreditNote[],
  { amount, description, invoice_line_item: id, metadata, quantity }: CreditLineParams,
  at: string,
): CreditNoteLine {
  if (id === undefined) throw missing(`${at}[invoice_line_item]`);
  const line = invoice.lines.find((each) => each.id === id);
  if (!line) throw noSuch("invoice line item", id, `${at}[invoice_line_item]`);
  const asked = amount ?? (quantity === undefined ? line.amount : partOf(line.amount, quantity, line.quantity ?? 1));
  const credited = issued
    .flatMap(({ lines }) => lines)
    .filter((each) => each.invoice_line_item === id)
    .reduce((sum, each) => sum + each.amount, 0);
  if (asked < 0 ? asked < line.amount - credited : asked > line.amount - credited) {
    throw refuse(
      `The credit note line amount (${asked}) is more than what is left of the invoice line (${line.amount - credited}).`,
      `${at}[amount]`,
    );
  }
  return newCreditNoteLine({
    id: newId("cnli"),
    amount: asked,
    description: description ?? line.description,
    invoice_line_item: id,
    metadata: metadata ?? {},
    quantity: amount === undefined ? (quantity ?? line.quantity) : null,
    type: "invoice_line_item",
    unit_amount: null,
    unit_amount_decimal: amount === undefined ? (line.pricing?.unit_amount_decimal ?? null) : null,
  });
}

const partOf = (amount: number, quantity: number, whole: number): number =>
  Number(divideHalfUp(BigInt(amount) * BigInt(quantity), BigInt(whole)));
