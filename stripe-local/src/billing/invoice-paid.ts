import type { Call } from "../http/call.ts";
import { type Invoice, subscriptionIdOf } from "../objects/invoice.ts";
import type { InvoicePayment } from "../objects/payment-intent.ts";
import { isEnded, type Subscription } from "../objects/subscription.ts";
import { changeCustomer } from "./customer-balance.ts";
import { changeInvoice } from "./invoice-store.ts";
import { applyPendingUpdate } from "./pending-update.ts";
import { readCustomer, readSubscription } from "./read.ts";
import { changeSubscription } from "./subscription-store.ts";

export const paymentsOf = ({ store }: Call, invoice: Invoice): InvoicePayment[] =>
  store.list<InvoicePayment>("invoice_payment", { invoice: invoice.id });

/**
 * Takes an invoice as paid and gives its subscription what was paid for.
 *
 * @param by a card's payment, no payment because nothing was due, or money that came another way
 * @param attempts how often it was tried, this time included
 */
export function markPaid(
  call: Call,
  before: Invoice,
  by: "payment" | "nothing_due" | "out_of_band",
  attempts = before.attempt_count,
): Invoice {
  const invoice = changeInvoice(call, before, {
    attempt_count: attempts,
    amount_paid: before.amount_due,
    ...(by === "out_of_band" ? { amount_paid_off_stripe: before.amount_remaining } : {}),
    amount_remaining: 0,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...before.status_transitions, paid_at: call.now },
  });
  call.emit("invoice.paid", invoice);
  if (by !== "out_of_band") call.emit("invoice.payment_succeeded", invoice);
  settlePayments(call, invoice, by);
  const customer = readCustomer(call, invoice.customer);
  if (customer.delinquent && !owes(call, customer.id)) changeCustomer(call, customer, { delinquent: false });
  const subscriptionId = subscriptionIdOf(invoice);
  if (subscriptionId !== null) grant(call, readSubscription(call, subscriptionId), invoice);
  return invoice;
}

const owes = ({ store }: Call, customerId: string): boolean =>
  store.list<Invoice>("invoice", { customer: customerId }).some(isFailing);

/** Whether an invoice waits for a payment that did not come when it was tried or due. */
const isFailing = ({ status, attempted, local }: Invoice): boolean =>
  status === "open" && (attempted || local.toldOverdue);

function settlePayments(call: Call, invoice: Invoice, by: "payment" | "nothing_due" | "out_of_band"): void {
  for (const payment of paymentsOf(call, invoice)) {
    if (payment.status !== "open") continue;
    if (by === "payment") {
      const paid: InvoicePayment = {
        ...payment,
        amount_paid: payment.amount_requested,
        status: "paid",
        status_transitions: { canceled_at: null, paid_at: call.now },
      };
      call.store.put(paid);
      call.emit("invoice_payment.paid", paid);
    } else {
      const canceled = { canceled_at: call.now, paid_at: null };
      call.store.put({ ...payment, status: "canceled", status_transitions: canceled });
    }
  }
}

/** What a paid invoice does to its subscription. */
function grant(call: Call, subscription: Subscription, invoice: Invoice): void {
  if (isEnded(subscription)) return;
  if (subscription.local.pendingInvoice === invoice.id) {
    applyPendingUpdate(call, subscription);
    return;
  }
  if (subscription.status === "incomplete") {
    changeSubscription(call, subscription, { status: "active" });
  }
  const { status, local } = subscription;
  if (local.resumptionInvoice === invoice.id) {
    const resumed = changeSubscription(call, subscription, {
      local: { ...local, resumptionInvoice: null },
      status: "active",
      status_details: undefined,
    });
    call.emit("customer.subscription.resumed", resumed);
  }
  if (status === "past_due" || status === "unpaid") {
    const open = call.store.list<Invoice>("invoice", { subscription: subscription.id }).some(isFailing);
    if (!open) changeSubscription(call, subscription, { status: "active" });
  }
}
