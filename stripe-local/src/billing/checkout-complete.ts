import type { Call } from "../http/call.ts";
import type { EnteredCard } from "../objects/card.ts";
import type { CheckoutSession } from "../objects/checkout-session.ts";
import { type Customer, newCustomer } from "../objects/customer.ts";
import type { PageOutcome } from "../objects/page-outcome.ts";
import { declined, declineOf, type PaymentMethod } from "../objects/payment-method.ts";
import type { SetupIntent } from "../objects/setup-intent.ts";
import type { Subscription } from "../objects/subscription.ts";
import { askForApproval, enterCard, failSetup, readSetupIntent, saveCard, succeedSetup } from "./card-setup.ts";
import { detailsOf, readSession } from "./checkout.ts";
import { collect } from "./collect.ts";
import { finalize } from "./finalize.ts";
import { wantsAuthentication } from "./payment.ts";
import { readCustomer, readPaymentMethod, readSubscription } from "./read.ts";
import { refuse } from "./refuse.ts";
import { startSubscription } from "./subscription-create.ts";
import { planSubscription, type SubscriptionTerms } from "./subscription-terms.ts";

/**
 * A person sends the form of a checkout page.
 *
 * @throws StripeError a card error when the bank refuses the card; the page stays open and nothing is kept
 */
export function completeCheckout(call: Call, sessionId: string, card: EnteredCard): PageOutcome {
  const session = openSession(call, sessionId);
  const email = session.customer === null ? session.customer_email : readCustomer(call, session.customer).email;
  const method = enterCard(call, card, email);
  const isCharged = session.mode === "subscription" && (session.amount_total ?? 0) > 0;
  // It will be a saved card when it is charged, and is declined like one.
  const decline = isCharged ? declineOf({ ...method, customer: session.customer ?? "" }, call.now) : null;
  if (decline) throw declined(decline);
  if (wantsAuthentication(method)) {
    const existing = session.setup_intent === null ? {} : { intent: readSetupIntent(call, session.setup_intent) };
    const local = { session: session.id, makesDefault: false };
    const intent = askForApproval(call, { ...existing, method, customer: session.customer, local });
    call.store.put({ ...session, local: { ...session.local, waitsFor: intent.id } });
    return { kind: "authenticate", intentId: intent.id };
  }
  finish(call, session, method, null);
  return { kind: "done" };
}

/** The person's answer to the bank about the card of a checkout page. */
export function answerCheckout(call: Call, intent: SetupIntent, approve: boolean): void {
  const session = openSession(call, String(intent.local.session));
  if (!approve) {
    failSetup(call, intent);
    return;
  }
  finish(call, session, readPaymentMethod(call, String(intent.payment_method)), intent);
}

function openSession(call: Call, id: string): CheckoutSession {
  const session = readSession(call, id);
  if (session.status !== "open") throw refuse("This checkout page is no longer open.");
  return session;
}

function finish(call: Call, session: CheckoutSession, method: PaymentMethod, approved: SetupIntent | null): void {
  const customer = session.customer === null ? welcome(call, session, method) : readCustomer(call, session.customer);
  const saved = saveCard(call, method.id, customer.id, approved !== null);
  const setupId = approved?.id ?? session.setup_intent;
  if (setupId !== null) succeedSetup(call, readSetupIntent(call, setupId), saved.id, customer.id);
  const taken =
    session.mode === "subscription" ? takeSubscription(call, session, customer, saved, approved !== null) : null;
  const completed: CheckoutSession = {
    ...session,
    customer: customer.id,
    customer_details: detailsOf(readCustomer(call, customer.id)),
    invoice: taken?.latest_invoice ?? null,
    payment_status: (session.amount_total ?? 0) > 0 ? "paid" : "no_payment_required",
    status: "complete",
    subscription: taken?.id ?? null,
    url: null,
    local: { ...session.local, waitsFor: null },
  };
  call.store.put(completed, { due: null });
  call.emit("checkout.session.completed", completed);
}

/** A page that was opened for nobody makes its customer. */
function welcome(call: Call, session: CheckoutSession, method: PaymentMethod): Customer {
  const customer: Customer = {
    ...newCustomer(call),
    email: session.customer_email,
    name: method.billing_details.name,
  };
  call.store.put(customer);
  call.emit("customer.created", customer);
  return customer;
}

function takeSubscription(
  call: Call,
  session: CheckoutSession,
  customer: Customer,
  method: PaymentMethod,
  approved: boolean,
): Subscription {
  const terms: SubscriptionTerms = {
    // As it was checked when the session was created.
    ...(session.local.subscriptionData as Omit<SubscriptionTerms, "items">),
    customer: customer.id,
    default_payment_method: method.id,
    items: session.local.lines.map(({ price, quantity }) => ({ price, ...(quantity === null ? {} : { quantity }) })),
  };
  const { subscription, invoice: draft } = startSubscription(call, planSubscription(call, terms));
  const invoice = draft && finalize(call, draft.id);
  if (invoice?.status === "open") collect(call, invoice, { method, occasion: "asked", approved });
  return readSubscription(call, subscription.id);
}
