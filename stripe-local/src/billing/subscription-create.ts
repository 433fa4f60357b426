import type { Call } from "../http/call.ts";
import { refuse } from "./refuse.ts";
import { invalid, missing, StripeError } from "../http/stripe-error.ts";
import type { Invoice, LineItem } from "../objects/invoice.ts";
import { declined, declineOf, type PaymentMethod } from "../objects/payment-method.ts";
import {
  newSubscription,
  type CollectionMethod,
  type Metadata,
  type MissingPaymentMethod,
  type ProrationBehavior,
  type Subscription,
  type SubscriptionItem,
} from "../objects/subscription.ts";
import { collect } from "./collect.ts";
import { changeCustomer } from "./customer-balance.ts";
import { decimalOf } from "./decimal.ts";
import { finalize } from "./finalize.ts";
import { draft, pendingItems } from "./invoice-drafts.ts";
import { cycleLine, isMetered, priceOfItem, trialLine } from "./lines.ts";
import { payerOfSubscription } from "./payer.ts";
import { wantsAuthentication } from "./payment.ts";
import { days, periodContaining, type Period } from "./periods.ts";
import type { Customer } from "../objects/customer.ts";
import type { Price } from "../objects/price.ts";
import { readCustomer, readPaymentMethod } from "./read.ts";
import { remaining } from "./proration.ts";
import {
  cadenceOf,
  checkDistinct,
  currencyOf,
  itemFor,
  readItems,
  type AskedItem,
  type ItemParams,
} from "./subscription-items.ts";
import { saveSubscription } from "./subscription-store.ts";

export type PaymentBehavior =
  | "allow_incomplete"
  | "default_incomplete"
  | "error_if_incomplete"
  | "pending_if_incomplete";

export type SubscriptionTerms = {
  billing_cycle_anchor?: number;
  billing_mode?: { flexible?: { proration_discounts?: "included" | "itemized" }; type: "classic" | "flexible" };
  cancel_at?: number | "max_billed_until" | "max_period_end" | "min_period_end";
  cancel_at_period_end?: boolean;
  collection_method?: CollectionMethod;
  currency?: string;
  customer?: string;
  days_until_due?: number;
  default_payment_method?: string;
  description?: string;
  items?: ItemParams[];
  metadata?: Metadata | "";
  payment_behavior?: PaymentBehavior;
  payment_settings?: { save_default_payment_method?: "off" | "on_subscription" };
  proration_behavior?: ProrationBehavior;
  trial_end?: "now" | number;
  trial_period_days?: number;
  trial_settings?: {
    end_behavior: { billing_cycle_anchor?: "now" | "unchanged"; missing_payment_method?: MissingPaymentMethod };
  };
};

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
  const owes = isCharged && subscription.status === "incomplete";
  const payer = owes ? payerOfSubscription(call, subscription) : null;
  if (owes && behavior !== "default_incomplete") requirePayer(call, payer, behavior);

  const stored = startSubscription(call, plan);
  if (!isCharged) return stored.subscription;
  const invoice = finalize(call, stored.invoice.id);
  if (invoice.status === "open" && behavior !== "default_incomplete" && payer) {
    collect(call, invoice, { method: payer, occasion: "asked" });
  }
  return call.store.get<Subscription>("subscription", subscription.id) ?? subscription;
}

type SubscriptionPlan = {
  readonly subscription: Subscription;
  readonly customer: Customer;
  readonly lines: LineItem[];
};

/** Stores a planned subscription with the draft of its first invoice, and tells of both. */
export function startSubscription(
  call: Call,
  { subscription: planned, customer, lines }: SubscriptionPlan,
): { subscription: Subscription; invoice: Invoice } {
  if (customer.currency === null) changeCustomer(call, customer, { currency: planned.currency });
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
    pendingItems(call, customer.id, planned.id, planned.currency),
    lines,
  );
  const subscription: Subscription = { ...planned, latest_invoice: invoice.id };
  saveSubscription(call, subscription);
  call.emit("customer.subscription.created", subscription);
  call.emit("invoice.created", invoice);
  return { subscription, invoice };
}

/** What the terms give: nothing is stored but prices that they describe. */
export function planSubscription(call: Call, terms: SubscriptionTerms): SubscriptionPlan {
  if (terms.customer === undefined) throw missing("customer");
  const customer = readCustomer(call, terms.customer, "customer");
  const asked = readItems(call, terms.items ?? [], []);
  const prices = asked.map(({ price }) => price).filter((price) => price !== null);
  const currency = terms.currency ?? currencyOf(prices);
  if (customer.currency !== null && customer.currency !== currency) {
    throw refuse(
      `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${customer.currency}.`,
      "currency",
    );
  }
  const collectionMethod = terms.collection_method ?? "charge_automatically";
  checkDueDate(collectionMethod, terms.days_until_due);
  const trialEnd = trialEndOf(call.now, terms);
  const anchor = terms.billing_cycle_anchor ?? trialEnd ?? call.now;
  const id = call.newId("sub");
  checkDistinct(prices.map((price) => price.id));
  const items = asked.map((item) => firstItem(call, id, item, { anchor, trialEnd }));
  const owed = trialEnd === null && collectionMethod === "charge_automatically";
  const subscription = newSubscription({
    id,
    billing_cycle_anchor: anchor,
    billing_mode: {
      flexible:
        terms.billing_mode?.type === "classic"
          ? null
          : { proration_discounts: "included", ...terms.billing_mode?.flexible },
      type: terms.billing_mode?.type ?? "flexible",
    },
    collection_method: collectionMethod,
    created: call.now,
    currency,
    customer: customer.id,
    days_until_due: terms.days_until_due ?? null,
    default_payment_method: defaultMethod(call, terms, customer),
    description: terms.description ?? null,
    items,
    metadata: terms.metadata === "" ? {} : (terms.metadata ?? {}),
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: terms.payment_settings?.save_default_payment_method ?? "off",
    },
    status: trialEnd === null ? (owed ? "incomplete" : "active") : "trialing",
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: terms.trial_settings?.end_behavior.billing_cycle_anchor ?? null,
        missing_payment_method: terms.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice",
      },
    },
    trial_start: trialEnd === null ? null : call.now,
    ...scheduledEnd(call.now, items, terms),
  });
  return { subscription, customer, lines: firstLines(call, subscription, terms.proration_behavior) };
}

function checkDueDate(method: CollectionMethod, daysUntilDue: number | undefined): void {
  if (method === "send_invoice" && daysUntilDue === undefined) {
    throw refuse("If `collection_method` is set to `send_invoice`, you must pass `days_until_due`.", "days_until_due");
  }
  if (method === "charge_automatically" && daysUntilDue !== undefined) {
    throw refuse(
      "You can only set `days_until_due` if `collection_method` is set to `send_invoice`.",
      "days_until_due",
    );
  }
}

function trialEndOf(now: number, { trial_end, trial_period_days }: SubscriptionTerms): number | null {
  if (trial_end !== undefined && trial_period_days !== undefined) {
    throw invalid("trial_period_days", "You may only specify one of these parameters: trial_end, trial_period_days.");
  }
  if (trial_period_days !== undefined) return trial_period_days === 0 ? null : now + days(trial_period_days);
  if (trial_end === undefined || trial_end === "now") return null;
  if (trial_end <= now)
    throw refuse("Invalid timestamp: must be an integer Unix timestamp in the future.", "trial_end");
  return trial_end;
}

/** The first period: the trial, or from now to the anchor's next boundary. */
function firstItem(
  call: Call,
  subscriptionId: string,
  asked: AskedItem,
  { anchor, trialEnd }: { anchor: number; trialEnd: number | null },
): SubscriptionItem {
  if (asked.price === null) throw missing("items[0][price]");
  const full = periodContaining(anchor, cadenceOf(asked.price), call.now);
  const period: Period = { start: call.now, end: trialEnd ?? full.end };
  return itemFor(call, subscriptionId, { ...asked, price: asked.price }, period);
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

function defaultMethod(call: Call, { default_payment_method: id }: SubscriptionTerms, customer: Customer) {
  return id === undefined ? null : ownMethod(call, id, customer.id).id;
}

/** @throws StripeError when the payment method is another's or nobody's */
export function ownMethod(call: Call, id: string, customerId: string): PaymentMethod {
  const method = readPaymentMethod(call, id, "default_payment_method");
  if (method.customer !== customerId) {
    throw invalid(
      "default_payment_method",
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      "resource_missing",
    );
  }
  return method;
}

/** `cancel_at` in the terms of a request, as fields of the subscription. */
export function scheduledEnd(
  now: number,
  items: readonly SubscriptionItem[],
  { cancel_at, cancel_at_period_end }: Pick<SubscriptionTerms, "cancel_at" | "cancel_at_period_end">,
): Pick<Subscription, "cancel_at" | "cancel_at_period_end" | "canceled_at"> {
  const ends = items.map(({ current_period_end }) => current_period_end);
  const requested = { canceled_at: now, cancel_at_period_end: false };
  if (cancel_at_period_end === true || cancel_at === "min_period_end") {
    return { ...requested, cancel_at: Math.min(...ends), cancel_at_period_end: cancel_at_period_end === true };
  }
  if (cancel_at === "max_period_end" || cancel_at === "max_billed_until") {
    return { ...requested, cancel_at: Math.max(...ends) };
  }
  if (cancel_at === undefined) return { cancel_at: null, cancel_at_period_end: false, canceled_at: null };
  if (cancel_at <= now) throw refuse("`cancel_at` must be in the future.", "cancel_at");
  return { ...requested, cancel_at };
}

/** What the first invoice bills: the trial for nothing, or what is paid in advance, in part up to an anchor. */
function firstLines(
  call: Call,
  subscription: Subscription,
  proration: ProrationBehavior = "create_prorations",
): LineItem[] {
  return subscription.items.flatMap((item) => {
    const price = priceOfItem(call, item);
    const period = { start: item.current_period_start, end: item.current_period_end };
    if (subscription.trial_end !== null) return [trialLine(call, { subscription, item, period, price })];
    if (isMetered(price)) return [];
    const line = cycleLine(call, { subscription, item, period, price }, decimalOf(item.quantity ?? 1));
    return [partOfPeriod(subscription, price, line, proration)];
  });
}

function partOfPeriod(
  { billing_cycle_anchor: anchor }: Subscription,
  price: Price,
  line: LineItem,
  proration: ProrationBehavior,
) {
  const full = periodContaining(anchor, cadenceOf(price), line.period.start);
  if (full.start === line.period.start) return line;
  const amount = proration === "none" ? 0 : remaining(line.amount, full, line.period.start);
  return { ...line, amount, subtotal: amount };
}
