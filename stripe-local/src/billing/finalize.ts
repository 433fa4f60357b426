import type { Call } from "../http/call.ts";
import { hostedInvoiceUrl, invoicePdfUrl } from "../http/links.ts";
import type { Customer } from "../objects/customer.ts";
import { type Invoice, subscriptionIdOf } from "../objects/invoice.ts";
import { enterBalance } from "./customer-balance.ts";
import { markPaid, paymentsOf } from "./invoice-paid.ts";
import { saveInvoice } from "./invoice-store.ts";
import { settle } from "./invoice-totals.ts";
import { cancelPayment, openPayment } from "./payment.ts";
import { days } from "./periods.ts";
import { emitUpdate } from "./present.ts";
import { readCustomer, readSubscription } from "./read.ts";
import { refreshUsage } from "./refresh-usage.ts";
import { refuse } from "./refuse.ts";

/**
 * Makes a draft final: numbered, settled with the customer's balance, open. With nothing due it is paid at once.
 *
 * @throws StripeError when it is no draft
 */
export function finalize(call: Call, id: string): Invoice {
  const before = call.store.get<Invoice>("invoice", id);
  if (before?.status !== "draft") {
    throw refuse("This invoice is already finalized, you can't re-finalize a non-draft invoice.", "id");
  }
  const rated = refreshUsage(call, before);
  const { customer, number } = numberFor(call, rated);
  const settled = settle(rated.total, customer.balance, rated.currency);
  const subscriptionId = subscriptionIdOf(rated);
  const pause = subscriptionId === null ? null : readSubscription(call, subscriptionId).pause_collection;
  const { auto_advance, collection_method } = rated;

  let invoice: Invoice = {
    ...rated,
    ...settled,
    amount_remaining: settled.amount_due,
    automatically_finalizes_at: null,
    auto_advance: auto_advance && pause === null,
    due_date: collection_method === "send_invoice" ? (rated.due_date ?? dueDate(call, rated)) : null,
    effective_at: rated.effective_at ?? call.now,
    hosted_invoice_url: hostedInvoiceUrl(call.origin, id),
    invoice_pdf: invoicePdfUrl(call.origin, id),
    number,
    status: "open",
    status_transitions: { ...rated.status_transitions, finalized_at: call.now },
  };
  if (invoice.amount_due > 0) {
    saveInvoice(call, invoice);
    invoice = { ...invoice, local: { ...invoice.local, paymentIntent: openPayment(call, invoice).id } };
  }
  saveInvoice(call, invoice);
  emitUpdate(call, "invoice.updated", rated, invoice);
  call.emit("invoice.finalized", invoice);

  const applied = settled.ending_balance - settled.starting_balance;
  if (applied !== 0) {
    const isTooSmall = settled.amount_due === 0 && settled.ending_balance > 0;
    enterBalance(call, customer, {
      amount: applied,
      currency: invoice.currency,
      invoice: id,
      type: isTooSmall ? "invoice_too_small" : "applied_to_invoice",
    });
  }
  if (invoice.amount_due === 0) return markPaid(call, invoice, "nothing_due");
  if (pause?.behavior === "void") return voidInvoice(call, invoice);
  if (pause?.behavior === "mark_uncollectible") return markUncollectible(call, invoice);
  if (collection_method === "send_invoice" && invoice.auto_advance) call.emit("invoice.sent", invoice);
  return invoice;
}

/** The customer's next number, which is then used up. */
function numberFor(call: Call, invoice: Invoice): { customer: Customer; number: string } {
  const customer = readCustomer(call, invoice.customer);
  if (invoice.number !== null) return { customer, number: invoice.number };
  const sequence = customer.next_invoice_sequence;
  const counted = { ...customer, next_invoice_sequence: sequence + 1 };
  call.store.put(counted);
  return { customer: counted, number: `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}` };
}

const dueDate = ({ now }: Call, { local }: Invoice): number => now + days(local.daysUntilDue ?? 30);

/**
 * Takes a final invoice back: nothing is owed for it any more, and balance that it used is given back.
 *
 * @throws StripeError when it is neither open nor uncollectible
 */
export function voidInvoice(call: Call, before: Invoice): Invoice {
  if (before.status !== "open" && before.status !== "uncollectible") {
    throw refuse("You can only pass in open invoices. This invoice isn't open.", "id");
  }
  const invoice: Invoice = {
    ...before,
    amount_remaining: 0,
    auto_advance: false,
    next_payment_attempt: null,
    status: "void",
    status_transitions: { ...before.status_transitions, voided_at: call.now },
  };
  giveUpPayments(call, before, "void_invoice");
  saveInvoice(call, invoice);
  emitUpdate(call, "invoice.updated", before, invoice);
  call.emit("invoice.voided", invoice);
  const applied = (before.ending_balance ?? 0) - before.starting_balance;
  if (applied !== 0) {
    const customer = readCustomer(call, before.customer);
    const entry = { amount: -applied, currency: before.currency, invoice: before.id };
    enterBalance(call, customer, { ...entry, type: "unapplied_from_invoice" });
  }
  return invoice;
}

/**
 * Writes an open invoice off. It can still be paid.
 *
 * @throws StripeError when it is not open
 */
export function markUncollectible(call: Call, before: Invoice): Invoice {
  if (before.status !== "open") {
    throw refuse("You can only pass in open invoices. This invoice isn't open.", "id");
  }
  const invoice: Invoice = {
    ...before,
    auto_advance: false,
    next_payment_attempt: null,
    status: "uncollectible",
    status_transitions: { ...before.status_transitions, marked_uncollectible_at: call.now },
  };
  saveInvoice(call, invoice);
  emitUpdate(call, "invoice.updated", before, invoice);
  call.emit("invoice.marked_uncollectible", invoice);
  return invoice;
}

function giveUpPayments(call: Call, invoice: Invoice, reason: string): void {
  for (const payment of paymentsOf(call, invoice)) {
    if (payment.status !== "open") continue;
    cancelPayment(call, payment.payment.payment_intent, reason);
    const status_transitions = { canceled_at: call.now, paid_at: null };
    call.store.put({ ...payment, status: "canceled", status_transitions });
  }
}
