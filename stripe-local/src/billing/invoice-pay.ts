import type { Call } from "../http/call.ts";
import type { Invoice } from "../objects/invoice.ts";
import { collect } from "./collect.ts";
import { finalize } from "./finalize.ts";
import { markPaid, paymentsOf } from "./invoice-paid.ts";
import { ownMethod } from "./payer.ts";
import { cancelPayment } from "./payment.ts";
import { readInvoice } from "./read.ts";
import { refuse } from "./refuse.ts";

export type PayParams = { paid_out_of_band?: boolean; payment_method?: string };

/**
 * Collects an invoice now, or takes it as paid by other means.
 *
 * @throws StripeError when it is not there to be paid, and a card error when the payment fails; the attempt stays
 */
export function payInvoice(call: Call, id: string, params: PayParams): Invoice {
  const before = readInvoice(call, id);
  if (before.status === "paid") throw refuse("Invoice is already paid", "id", "invoice_already_paid");
  if (before.status === "void") throw refuse("Invoice is void and can no longer be paid.", "id");
  const method =
    params.payment_method === undefined ? undefined : ownMethod(call, params.payment_method, before.customer);
  const invoice = before.status === "draft" ? finalize(call, id) : before;
  if (invoice.status === "paid") return invoice;
  if (params.paid_out_of_band === true) return payOutOfBand(call, invoice);
  const collected = collect(call, invoice, { occasion: "asked", ...(method ? { method } : {}) });
  if (collected.kind !== "paid") throw collected.error;
  return readInvoice(call, id);
}

function payOutOfBand(call: Call, invoice: Invoice): Invoice {
  const paid = markPaid(call, invoice, "out_of_band");
  for (const { payment } of paymentsOf(call, invoice)) cancelPayment(call, payment.payment_intent, "automatic");
  return paid;
}
