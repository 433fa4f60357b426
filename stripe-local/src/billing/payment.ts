import type { Call } from "../http/call.ts";
import { hostedInvoiceUrl } from "../http/links.ts";
import type { Decline } from "../objects/card.ts";
import { type Charge, newCharge } from "../objects/charge.ts";
import type { Invoice } from "../objects/invoice.ts";
import {
  newInvoicePayment,
  newPaymentIntent,
  type PaymentIntent,
  type PaymentIntentStatus,
} from "../objects/payment-intent.ts";
import { cardOf, declineOf, type PaymentMethod } from "../objects/payment-method.ts";
import { openDispute } from "./disputes.ts";
import { readPaymentIntent } from "./read.ts";

export type PaymentOutcome =
  | { readonly kind: "succeeded"; readonly intent: PaymentIntent; readonly charge: Charge }
  | { readonly kind: "declined"; readonly intent: PaymentIntent; readonly charge: Charge; readonly decline: Decline }
  | { readonly kind: "authenticate"; readonly intent: PaymentIntent };

/** Makes the payment of an invoice that has something due. */
export function openPayment(call: Call, invoice: Invoice): PaymentIntent {
  const intent = newPaymentIntent({
    id: call.newId("pi"),
    amount: invoice.amount_due,
    created: call.now,
    currency: invoice.currency,
    customer: invoice.customer,
    description: descriptionOf(invoice),
    payment_details: { customer_reference: null, order_reference: invoice.id },
    local: { invoice: invoice.id, waits: "none" },
  });
  call.store.put(intent, { invoice: invoice.id });
  call.store.put(
    newInvoicePayment({
      id: call.newId("inpay"),
      amount_requested: invoice.amount_due,
      created: call.now,
      currency: invoice.currency,
      invoice: invoice.id,
      payment: { payment_intent: intent.id, type: "payment_intent" },
    }),
  );
  call.emit("payment_intent.created", intent);
  return intent;
}

function descriptionOf({ billing_reason, number }: Invoice): string {
  if (billing_reason === "subscription_create") return "Subscription creation";
  return billing_reason === "manual" ? `Payment for Invoice ${number}` : "Subscription update";
}

/** Whether the bank wants the customer to approve a payment with this card first. */
export function wantsAuthentication(method: PaymentMethod): boolean {
  const { authentication } = cardOf(method);
  return authentication === "always" || (authentication === "unless_set_up" && method["local"] === undefined);
}

/**
 * Charges a card for an invoice's payment.
 *
 * @param approved whether the customer has just approved this payment at the bank
 */
export function charge(
  call: Call,
  { intentId, method, approved }: { intentId: string; method: PaymentMethod; approved: boolean },
): PaymentOutcome {
  const intent = { ...readPaymentIntent(call, intentId), payment_method: method.id };
  const decline = declineOf(method, call.now);
  if (!decline && !approved && wantsAuthentication(method)) return askForAuthentication(call, intent);

  const { id, ...billed } = intent;
  const attempt = newCharge(
    {
      id: call.newId("ch"),
      amount: billed.amount,
      created: call.now,
      currency: billed.currency,
      customer: billed.customer,
      description: billed.description,
      metadata: {},
      payment_intent: id,
    },
    method,
    decline,
  );
  call.store.put(attempt, { invoice: intent.local.invoice });
  call.emit(decline ? "charge.failed" : "charge.succeeded", attempt);
  return decline ? declined(call, intent, attempt, decline, method) : succeeded(call, intent, attempt, method);
}

function askForAuthentication(call: Call, intent: PaymentIntent): PaymentOutcome {
  const waiting: PaymentIntent = {
    ...intent,
    last_payment_error: null,
    next_action: {
      redirect_to_url: { return_url: null, url: hostedInvoiceUrl(call.origin, intent.local.invoice) },
      type: "redirect_to_url",
    },
    status: "requires_action",
  };
  call.store.put(waiting);
  call.emit("payment_intent.requires_action", waiting);
  return { kind: "authenticate", intent: waiting };
}

function succeeded(call: Call, intent: PaymentIntent, paid: Charge, method: PaymentMethod): PaymentOutcome {
  const done = settled(call, intent, "succeeded", {
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: paid.id,
  });
  call.emit("payment_intent.succeeded", done);
  if (cardOf(method).disputed) openDispute(call, paid, method.card.brand);
  return { kind: "succeeded", intent: done, charge: paid };
}

function declined(
  call: Call,
  intent: PaymentIntent,
  failed: Charge,
  decline: Decline,
  method: PaymentMethod,
): PaymentOutcome {
  const after = settled(call, intent, "requires_payment_method", {
    last_payment_error: {
      charge: failed.id,
      code: decline.code,
      decline_code: decline.declineCode,
      message: decline.message,
      payment_method: withoutLocal(method),
      type: "card_error",
    },
    latest_charge: failed.id,
    payment_method: null,
  });
  call.emit("payment_intent.payment_failed", after);
  return { kind: "declined", intent: after, charge: failed, decline };
}

function withoutLocal({ local: _local, ...shown }: PaymentMethod): object {
  return shown;
}

function settled(
  call: Call,
  intent: PaymentIntent,
  status: PaymentIntentStatus,
  changes: Partial<PaymentIntent>,
): PaymentIntent {
  const after: PaymentIntent = {
    ...intent,
    ...changes,
    local: { ...intent.local, waits: "none" },
    next_action: null,
    status,
  };
  call.store.put(after);
  return after;
}

/** The person said no to the bank, or the bank to the person. */
export function failAuthentication(call: Call, intentId: string): PaymentIntent {
  const intent = readPaymentIntent(call, intentId);
  const after = settled(call, intent, "requires_payment_method", {
    last_payment_error: {
      code: "payment_intent_authentication_failure",
      message:
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
      type: "card_error",
    },
    payment_method: null,
  });
  call.emit("payment_intent.payment_failed", after);
  return after;
}

/** Gives up the payment of an invoice that will not be paid through it. */
export function cancelPayment(call: Call, intentId: string, reason: string): void {
  const intent = readPaymentIntent(call, intentId);
  if (intent.status === "succeeded" || intent.status === "canceled") return;
  const canceled = settled(call, intent, "canceled", { canceled_at: call.now, cancellation_reason: reason });
  call.emit("payment_intent.canceled", canceled);
}
