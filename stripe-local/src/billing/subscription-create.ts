import type { Call } from "../http/call.ts";
import { StripeError } from "../http/stripe-error.ts";
import type { Invoice } from "../objects/invoice.ts";
import { declined, declineOf, type PaymentMethod } from "../objects/payment-method.ts";
import type { Subscription } from "../objects/subscription.ts";
import { collect } from "./collect.ts";
import { changeCustomer } from "./customer-balance.ts";
import { finalize } from "./finalize.ts";
import { draft, pendingItems } from "./invoice-drafts.ts";
import { sumOf } from "./invoice-totals.ts";
import { payerOfSubscription } from "./payer.ts";
import { wantsAuthentication } from "./payment.ts";
import { saveSubscription } from "./subscription-store.ts";
import {
  type PaymentBehavior,
  planSubscription,
  type SubscriptionPlan,
  type SubscriptionTerms,
} from "./subscription-terms.ts";

/**
 * Starts a subscription and bills its first period.
 *
 * @throws StripeError for wrong terms, without a card to charge, and with `error_if_incomplete` when the card fails
 */
export function createSubscription(call: Call, terms: SubscriptionTerms): Subscription {
  const plan = planSubscription(call, terms);
  const { subscription } = plan;
  const behavior = terms.payment_behavior ?? "allow_incomplete";
  const isCharged = subscription.collection_method === "charge_automatically";
  const owes = isCharged && subscription.status === "incomplete" && sumOf(plan.lines) > 0;
  const payer = owes ? payerOfSubscription(call, subscription) : null;
  if (owes && behavior !== "default_incomplete") requirePayer(call, payer, behavior);

  const stored = startSubscription(call, plan);
  if (!isCharged || !stored.invoice) return stored.subscription;
  const invoice = finalize(call, stored.invoice.id);
  if (invoice.status === "open" && behavior !== "default_incomplete" && payer) {
    collect(call, invoice, { method: payer, occasion: "asked" });
  }
  return call.store.get<Subscription>("subscription", subscription.id) ?? subscription;
}

/** Stores a planned subscription, with the draft of its first invoice when there is something on it, and tells of both. */
export function startSubscription(
  call: Call,
  { subscription: planned, customer, lines }: SubscriptionPlan,
): { subscription: Subscription; invoice: Invoice | null } {
  if (customer.currency === null) changeCustomer(call, customer, { currency: planned.currency });
  const waiting = pendingItems(call, customer.id, planned.id, planned.currency);
  if (waiting.length === 0 && lines.length === 0) {
    const unbilled: Subscription = { ...planned, status: planned.status === "incomplete" ? "active" : planned.status };
    saveSubscription(call, unbilled);
    call.emit("customer.subscription.created", unbilled);
    return { subscription: unbilled, invoice: null };
  }
  const invoice = draft(
    call,
    {
      customer,
      subscription: planned,
      billingReason: "subscription_create",
      currency: planned.currency,
      period: { start: call.now, end: call.now },
      collectionMethod: planned.collection_method,
      daysUntilDue: planned.days_until_due,
      autoAdvance: true,
    },
    waiting,
    lines,
  );
  const subscription: Subscription = { ...planned, latest_invoice: invoice.id };
  saveSubscription(call, subscription);
  call.emit("customer.subscription.created", subscription);
  call.emit("invoice.created", invoice);
  return { subscription, invoice };
}

function requirePayer(call: Call, payer: PaymentMethod | null, behavior: PaymentBehavior): void {
  if (!payer) {
    throw new StripeError(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
      { code: "resource_missing" },
    );
  }
  if (behavior !== "error_if_incomplete") return;
  const decline = declineOf(payer, call.now);
  if (decline) throw declined(decline);
  if (wantsAuthentication(payer)) {
    throw new StripeError(
      "Payment for this subscription requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`.",
      { type: "card_error", code: "subscription_payment_intent_requires_action" },
    );
  }
}
