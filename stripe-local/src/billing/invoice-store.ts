import type { Call } from "../http/call.ts";
import { type Invoice, subscriptionIdOf } from "../objects/invoice.ts";
import { emitUpdate } from "./present.ts";

/** When the invoice has to be looked at next, unix seconds; null when nothing will happen by itself. */
function dueOf({ status, auto_advance, automatically_finalizes_at, due_date, local, ...invoice }: Invoice) {
  if (status === "draft") return auto_advance ? automatically_finalizes_at : null;
  if (status !== "open") return null;
  const instants = [invoice.next_payment_attempt, local.toldOverdue ? null : due_date];
  const given = instants.filter((instant) => instant !== null);
  return given.length === 0 ? null : Math.min(...given);
}

/** Stores an invoice with the instant of its next due work. */
export function saveInvoice(call: Call, invoice: Invoice): void {
  call.store.put(invoice, { subscription: subscriptionIdOf(invoice), due: dueOf(invoice) });
}

/** Stores an invoice and tells what changed of it. */
export function changeInvoice(call: Call, before: Invoice, changes: Partial<Invoice>): Invoice {
  const after = { ...before, ...changes };
  saveInvoice(call, after);
  emitUpdate(call, "invoice.updated", before, after);
  return after;
}
