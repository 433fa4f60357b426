import type { Call } from "../http/call.ts";
import type { EnteredCard } from "../objects/card.ts";
import type { Customer } from "../objects/customer.ts";
import { type Invoice, subscriptionIdOf } from "../objects/invoice.ts";
import type { PageOutcome, Payer } from "../objects/page-outcome.ts";
import { newPaymentMethod, type PaymentMethod } from "../objects/payment-method.ts";
import { isEnded, type Subscription } from "../objects/subscription.ts";
import {
  askForApproval,
  enterCard,
  failSetup,
  makeDefault,
  readSetupIntent,
  saveCard,
  succeedSetup,
} from "./card-setup.ts";
import { answerCheckout } from "./checkout-complete.ts";
import { answerAuthentication, collect } from "./collect.ts";
import { changeInvoice } from "./invoice-store.ts";
import { ownMethod } from "./payer.ts";
import { wantsAuthentication } from "./payment.ts";
import { readCustomer, readInvoice, readPaymentIntent, readPaymentMethod, readSubscription } from "./read.ts";
import { refuse } from "./refuse.ts";
import { releaseSchedule } from "./schedules.ts";
import { cancelSubscription } from "./subscription-cancel.ts";
import { changeSubscription } from "./subscription-store.ts";
import { updateSubscription } from "./subscription-update.ts";

/**
 * A person pays an invoice on its page. A card that was typed in is kept for the subscription.
 *
 * @throws StripeError a card error when the bank says no; the failed attempt stays on record
 */
export function payInvoiceOnPage(call: Call, invoiceId: string, payer: Payer): PageOutcome {
  const invoice = readInvoice(call, invoiceId);
  if (invoice.status !== "open" && invoice.status !== "uncollectible") {
    throw refuse("There is nothing to pay on this invoice.");
  }
  const method =
    "entered" in payer ? typedIn(call, payer.entered, invoice) : ownMethod(call, payer.paymentMethod, invoice.customer);
  const collected = collect(call, invoice, { method, occasion: "asked" });
  if (collected.kind === "authenticate") return { kind: "authenticate", intentId: collected.intentId };
  if (collected.kind === "unpaid") throw collected.error;
  keepPayer(call, invoice, method.id, false);
  return { kind: "done" };
}

/** Not the customer's before it has paid: a card that the bank refuses is not kept. */
function typedIn(call: Call, entered: EnteredCard, invoice: Invoice): PaymentMethod {
  const method = newPaymentMethod(call, entered, { email: readCustomer(call, invoice.customer).email });
  call.store.put(method);
  return method;
}

/** The card that has paid is charged from now on too. */
function keepPayer(call: Call, invoice: Invoice, methodId: string, isApproved: boolean): void {
  const method = saveCard(call, methodId, invoice.customer, isApproved);
  const subscriptionId = subscriptionIdOf(invoice);
  if (subscriptionId === null) return;
  const subscription = readSubscription(call, subscriptionId);
  if (!isEnded(subscription)) changeSubscription(call, subscription, { default_payment_method: method.id });
}

/** A person adds a card in the portal. @throws StripeError a card error when the bank refuses it */
export function attachCard(call: Call, customerId: string, card: EnteredCard, makesDefault: boolean): PageOutcome {
  const customer = readCustomer(call, customerId);
  const method = enterCard(call, card, customer.email);
  if (wantsAuthentication(method)) {
    const intent = askForApproval(call, { method, customer: customerId, local: { session: null, makesDefault } });
    return { kind: "authenticate", intentId: intent.id };
  }
  saveCard(call, method.id, customerId, false);
  if (makesDefault) makeDefault(call, customerId, method.id);
  return { kind: "done" };
}

/** The person's answer to the bank, about a payment (pi_...) or a card to be saved (seti_...). */
export function confirmAuthentication(call: Call, intentId: string, approve: boolean): void {
  if (intentId.startsWith("pi_")) {
    const { local, payment_method } = readPaymentIntent(call, intentId);
    answerAuthentication(call, intentId, approve);
    const invoice = readInvoice(call, local.invoice);
    const isNew = payment_method !== null && readPaymentMethod(call, payment_method).customer === null;
    if (invoice.status === "paid" && isNew) keepPayer(call, invoice, payment_method, true);
    return;
  }
  const intent = readSetupIntent(call, intentId);
  if (intent.status !== "requires_action") return;
  if (intent.local.session !== null) answerCheckout(call, intent, approve);
  else if (!approve) failSetup(call, intent);
  else {
    const customerId = String(intent.customer);
    const method = saveCard(call, String(intent.payment_method), customerId, true);
    succeedSetup(call, intent, method.id, customerId);
    if (intent.local.makesDefault) makeDefault(call, customerId, method.id);
  }
}

/** A person ends a subscription in the portal, as the portal is configured. */
export function cancelFromPortal(call: Call, id: string, mode: "at_period_end" | "immediately"): void {
  if (mode === "immediately") {
    cancelSubscription(call, id, {});
    return;
  }
  const { schedule } = readSubscription(call, id);
  if (schedule !== null) releaseSchedule(call, schedule);
  updateSubscription(call, id, { cancel_at_period_end: true });
}

/** A person takes a scheduled end back. */
export function keepFromPortal(call: Call, id: string): void {
  updateSubscription(call, id, { cancel_at_period_end: false });
}

/** A customer who is deleted has no subscriptions any more, and nothing is collected from them by itself. */
export function endBilling(call: Call, customer: Customer): void {
  for (const subscription of call.store.list<Subscription>("subscription", { customer: customer.id })) {
    if (!isEnded(subscription)) cancelSubscription(call, subscription.id, {});
  }
  for (const invoice of call.store.list<Invoice>("invoice", { customer: customer.id })) {
    if (!invoice.auto_advance) continue;
    changeInvoice(call, invoice, { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null });
  }
}
