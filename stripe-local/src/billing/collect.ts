import type { Call } from "../http/call.ts";
import { StripeError } from "../http/stripe-error.ts";
import { type Invoice, subscriptionIdOf } from "../objects/invoice.ts";
import type { PaymentIntent } from "../objects/payment-intent.ts";
import { declined, type PaymentMethod } from "../objects/payment-method.ts";
import { isEnded, type Subscription } from "../objects/subscription.ts";
import { changeCustomer } from "./customer-balance.ts";
import { nextPaymentAttempt } from "./dunning-schedule.ts";
import { finalize } from "./finalize.ts";
import { markPaid } from "./invoice-paid.ts";
import { saveInvoice } from "./invoice-store.ts";
import { payerOf } from "./payer.ts";
import { charge, failAuthentication } from "./payment.ts";
import { emitUpdate } from "./present.ts";
import { readCustomer, readInvoice, readPaymentIntent, readPaymentMethod, readSubscription } from "./read.ts";
import { endSubscription } from "./subscription-end.ts";
import { changeSubscription } from "./subscription-store.ts";

/** "scheduled" attempts are made by themselves and count for the schedule of retries. */
type Occasion = "scheduled" | "asked";

export type Collected =
  | { readonly kind: "paid"; readonly invoice: Invoice }
  | { readonly kind: "unpaid"; readonly invoice: Invoice; readonly error: StripeError }
  | {
      readonly kind: "authenticate";
      readonly invoice: Invoice;
      readonly intentId: string;
      readonly error: StripeError;
    };

/** Tries to collect an open invoice from a card and does to its subscription what follows from it. */
export function collect(
  call: Call,
  invoice: Invoice,
  { method, occasion, approved = false }: { method?: PaymentMethod; occasion: Occasion; approved?: boolean },
): Collected {
  const intentId = invoice.local.paymentIntent;
  if (intentId === null) return { kind: "paid", invoice: markPaid(call, invoice, "nothing_due") };
  const payer = method ?? payerOf(call, invoice);
  if (!payer) {
    const error = new StripeError(
      "There is no `default_payment_method` set on this Customer or Invoice. Please set either an existing PaymentMethod ID to the Customer's `invoice_settings[default_payment_method]` or the Invoice's `default_payment_method`.",
      { keepsChanges: true },
    );
    return { kind: "unpaid", invoice: recordFailure(call, invoice, occasion), error };
  }
  const outcome = charge(call, { intentId, method: payer, approved });
  if (outcome.kind === "succeeded") {
    const attempts = invoice.attempt_count + (counts(invoice, occasion) ? 1 : 0);
    return { kind: "paid", invoice: markPaid(call, invoice, "payment", attempts) };
  }
  const shown = withoutLocal(outcome.intent);
  if (outcome.kind === "declined") {
    const details = { paymentIntent: shown, charge: outcome.charge.id, keepsChanges: true };
    const error = declined(outcome.decline, details);
    return { kind: "unpaid", invoice: recordFailure(call, invoice, occasion), error };
  }
  call.emit("invoice.payment_action_required", invoice);
  const error = new StripeError(
    "This payment requires additional user action before it can be completed successfully.",
    { type: "card_error", code: "invoice_payment_intent_requires_action", paymentIntent: shown, keepsChanges: true },
  );
  return { kind: "authenticate", invoice: recordFailure(call, invoice, occasion), intentId, error };
}

const withoutLocal = ({ local: _local, ...shown }: PaymentIntent): object => shown;

/** Makes a draft final and, when it advances by itself, tries to collect it. */
export function advance(call: Call, invoiceId: string): Invoice {
  const invoice = finalize(call, invoiceId);
  const isCollected =
    invoice.status === "open" && invoice.auto_advance && invoice.collection_method === "charge_automatically";
  return isCollected ? collect(call, invoice, { occasion: "scheduled" }).invoice : invoice;
}

/** The first attempt counts, and then those of the schedule: who asks in between does not use them up. */
const counts = ({ attempted }: Invoice, occasion: Occasion): boolean => occasion === "scheduled" || !attempted;

/** Writes a failed attempt down, plans the next one, and lets the subscription feel it. */
function recordFailure(call: Call, before: Invoice, occasion: Occasion): Invoice {
  const { local } = before;
  const isCounted = counts(before, occasion);
  const failedAttempts = local.failedAttempts + (isCounted ? 1 : 0);
  const firstFailedAt = local.firstFailedAt ?? call.now;
  const subscriptionId = subscriptionIdOf(before);
  const subscription = subscriptionId === null ? null : readSubscription(call, subscriptionId);
  const resumption = subscription?.local.resumptionInvoice === before.id ? subscription.local : null;
  const isRetried =
    before.auto_advance && (resumption ? !resumption.resumesOnAttempt : !waitsForPayment(subscription, before));
  const next = isRetried ? nextPaymentAttempt(firstFailedAt, failedAttempts) : null;
  const invoice: Invoice = {
    ...before,
    attempt_count: before.attempt_count + (isCounted ? 1 : 0),
    attempted: true,
    local: { ...local, failedAttempts, firstFailedAt },
    next_payment_attempt: next,
  };
  saveInvoice(call, invoice);
  emitUpdate(call, "invoice.updated", before, invoice);
  call.emit("invoice.payment_failed", invoice);
  const customer = readCustomer(call, invoice.customer);
  if (!customer.delinquent) changeCustomer(call, customer, { delinquent: true });
  if (subscription !== null && resumption?.resumesOnAttempt) resumeUnpaid(call, subscription);
  if (subscription === null || waitsForPayment(subscription, invoice)) return invoice;

  const late =
    subscription.status === "active" || subscription.status === "trialing"
      ? changeSubscription(call, subscription, { status: "past_due" })
      : subscription;
  if (isRetried && next === null && isCounted) endSubscription(call, late, { reason: "payment_failed" });
  return readInvoice(call, invoice.id);
}

/** The first attempt at its invoice resumes a subscription, also when it fails. */
function resumeUnpaid(call: Call, subscription: Subscription): void {
  const resumed = changeSubscription(call, subscription, {
    local: { ...subscription.local, resumptionInvoice: null },
    status: "past_due",
    status_details: undefined,
  });
  call.emit("customer.subscription.resumed", resumed);
}

/** A first payment, a pending update and a resumption wait for their money; only a renewal is dunned. */
function waitsForPayment(subscription: Subscription | null, invoice: Invoice): boolean {
  if (subscription === null) return false;
  const { local, status } = subscription;
  return (
    isEnded(subscription) ||
    status === "incomplete" ||
    local.pendingInvoice === invoice.id ||
    local.resumptionInvoice === invoice.id
  );
}

/** The person's answer to the bank about an invoice's payment. */
export function answerAuthentication(call: Call, intentId: string, approve: boolean): void {
  const intent = readPaymentIntent(call, intentId);
  if (intent.status !== "requires_action") return;
  const invoice = readInvoice(call, intent.local.invoice);
  if (!approve) {
    failAuthentication(call, intentId);
    return;
  }
  const method = readPaymentMethod(call, String(intent.payment_method));
  collect(call, invoice, { method, occasion: "asked", approved: true });
}
