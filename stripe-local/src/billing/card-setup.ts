import type { Call } from "../http/call.ts";
import { noSuch } from "../http/stripe-error.ts";
import type { EnteredCard } from "../objects/card.ts";
import { attachToCustomer, cardOf, declined, newPaymentMethod, type PaymentMethod } from "../objects/payment-method.ts";
import { newSetupIntent, type SetupIntent } from "../objects/setup-intent.ts";
import { isEnded, type Subscription } from "../objects/subscription.ts";
import { changeCustomer } from "./customer-balance.ts";
import { readCustomer, readPaymentMethod } from "./read.ts";
import { changeSubscription } from "./subscription-store.ts";

export function readSetupIntent({ store }: Call, id: string): SetupIntent {
  const intent = store.get<SetupIntent>("setup_intent", id);
  if (!intent) throw noSuch("setup_intent", id);
  return intent;
}

/** A payment method from what a person typed; stored, and nobody's yet. @throws StripeError when the bank refuses it */
export function enterCard(call: Call, card: EnteredCard, email: string | null): PaymentMethod {
  const method = newPaymentMethod(call, card, { email });
  const refusal = cardOf(method).declined;
  if (refusal) throw declined(refusal);
  call.store.put(method);
  return method;
}

/** Gives a customer a card that the bank has approved, or that it need not approve. */
export function saveCard(call: Call, methodId: string, customerId: string, isApproved: boolean): PaymentMethod {
  const method = readPaymentMethod(call, methodId);
  const known = isApproved ? { ...method, local: { approved: true } } : method;
  return method.customer === null ? attachToCustomer(call, known, customerId) : method;
}

/** Charges a customer to a card from now on: by default, and for what runs. */
export function makeDefault(call: Call, customerId: string, methodId: string): void {
  const customer = readCustomer(call, customerId);
  const { invoice_settings } = customer;
  changeCustomer(call, customer, { invoice_settings: { ...invoice_settings, default_payment_method: methodId } });
  for (const subscription of call.store.list<Subscription>("subscription", { customer: customerId })) {
    const isOwn = subscription.default_payment_method !== null;
    if (isOwn && !isEnded(subscription)) changeSubscription(call, subscription, { default_payment_method: methodId });
  }
}

/** Asks the person to approve a card at the bank before it is saved. */
export function askForApproval(
  call: Call,
  given: { intent?: SetupIntent; method: PaymentMethod; customer: string | null; local: SetupIntent["local"] },
): SetupIntent {
  const base = given.intent ?? newSetupIntent({ id: call.newId("seti"), created: call.now, customer: given.customer });
  const intent: SetupIntent = {
    ...base,
    local: given.local,
    next_action: {
      redirect_to_url: { return_url: null, url: `${call.origin}/authenticate/${base.id}` },
      type: "redirect_to_url",
    },
    payment_method: given.method.id,
    status: "requires_action",
  };
  call.store.put(intent);
  if (!given.intent) call.emit("setup_intent.created", intent);
  call.emit("setup_intent.requires_action", intent);
  return intent;
}

/** The card is saved. */
export function succeedSetup(call: Call, intent: SetupIntent, methodId: string, customerId: string): SetupIntent {
  const succeeded: SetupIntent = {
    ...intent,
    customer: customerId,
    last_setup_error: null,
    next_action: null,
    payment_method: methodId,
    status: "succeeded",
  };
  call.store.put(succeeded);
  call.emit("setup_intent.succeeded", succeeded);
  return succeeded;
}

/** The person or the bank said no. */
export function failSetup(call: Call, intent: SetupIntent): void {
  const failed: SetupIntent = {
    ...intent,
    last_setup_error: {
      code: "setup_intent_authentication_failure",
      message:
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
      type: "invalid_request_error",
    },
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
  call.store.put(failed);
  call.emit("setup_intent.setup_failed", failed);
}
