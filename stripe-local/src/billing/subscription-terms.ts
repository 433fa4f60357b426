import type { Call } from "../http/call.ts";
import { invalid, missing } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import type { Customer } from "../objects/customer.ts";
import type { LineItem } from "../objects/invoice.ts";
import type { Price } from "../objects/price.ts";
import {
  type CollectionMethod,
  type Metadata,
  type MissingPaymentMethod,
  newSubscription,
  type ProrationBehavior,
  type Subscription,
  type SubscriptionItem,
} from "../objects/subscription.ts";
import { decimalOf } from "./decimal.ts";
import { cycleLine, isMetered, priceOfItem, trialLine, withDebits } from "./lines.ts";
import { ownMethod } from "./payer.ts";
import { boundary, days, type Period, periodContaining } from "./periods.ts";
import { remaining } from "./proration.ts";
import { readCustomer } from "./read.ts";
import { refuse } from "./refuse.ts";
import { scheduledEnd, type EndTerms } from "./scheduled-end.ts";
import {
  type AskedItem,
  cadenceOf,
  checkDistinct,
  currencyOf,
  itemFor,
  type ItemParams,
  readItems,
} from "./subscription-items.ts";

export type PaymentBehavior =
  | "allow_incomplete"
  | "default_incomplete"
  | "error_if_incomplete"
  | "pending_if_incomplete";

export type SubscriptionTerms = EndTerms & {
  backdate_start_date?: number;
  billing_cycle_anchor?: number;
  billing_mode?: { flexible?: { proration_discounts?: "included" | "itemized" }; type: "classic" | "flexible" };
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

export type SubscriptionPlan = {
  readonly subscription: Subscription;
  readonly customer: Customer;
  readonly lines: LineItem[];
};

/** What the terms give: nothing is stored but prices that they describe. */
export function planSubscription(call: Call, terms: SubscriptionTerms): SubscriptionPlan {
  if (terms.customer === undefined) throw missing("customer");
  const customer = readCustomer(call, terms.customer, "customer");
  const asked = readItems(call, terms.items ?? [], []);
  if (asked.length === 0) throw missing("items");
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
  const start = startOf(call.now, terms);
  const anchor = terms.billing_cycle_anchor ?? trialEnd ?? start;
  const id = call.newId("sub");
  checkAnchor(call.now, terms, prices);
  checkDistinct(prices.map((price) => price.id));
  const items = asked.map((item) => firstItem(call, id, item, { start, anchor, trialEnd }));
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
    start_date: start,
    currency,
    customer: customer.id,
    days_until_due: terms.days_until_due ?? null,
    default_payment_method: defaultMethod(call, terms, customer),
    description: terms.description ?? null,
    items,
    metadata: mergeMetadata({}, terms.metadata),
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
  const lines = firstLines(call, subscription, terms.proration_behavior);
  return { subscription: { ...subscription, items: withDebits(items, lines) }, customer, lines };
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

/** When its first period began: now, or in the past as far as the current period reaches. */
function startOf(now: number, { backdate_start_date: start, trial_end }: SubscriptionTerms): number {
  if (start === undefined) return now;
  if (start > now) throw refuse("`backdate_start_date` cannot be in the future.", "backdate_start_date");
  if (trial_end !== undefined) throw refuse("A backdated subscription cannot have a trial.", "backdate_start_date");
  return start;
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

/** @throws StripeError when the first period would be longer than the others */
function checkAnchor(now: number, { billing_cycle_anchor: anchor }: SubscriptionTerms, prices: readonly Price[]): void {
  if (anchor === undefined) return;
  const latest = Math.min(...prices.map((price) => boundary(now, cadenceOf(price), 1)));
  if (anchor > latest) {
    throw refuse(
      `\`billing_cycle_anchor\` cannot be later than next natural billing date (${latest}) for the price`,
      "billing_cycle_anchor",
    );
  }
}

/** The first period: the trial, or from now to the anchor's next boundary. */
function firstItem(
  call: Call,
  subscriptionId: string,
  asked: AskedItem,
  { start, anchor, trialEnd }: { start: number; anchor: number; trialEnd: number | null },
): SubscriptionItem {
  if (asked.price === null) throw missing("items[0][price]");
  const full = periodContaining(anchor, cadenceOf(asked.price), call.now);
  if (start < full.start) {
    throw refuse("`backdate_start_date` cannot be before the current period.", "backdate_start_date");
  }
  const period: Period = { start, end: trialEnd ?? full.end };
  return itemFor(call, subscriptionId, { ...asked, price: asked.price }, period);
}

function defaultMethod(call: Call, { default_payment_method: id }: SubscriptionTerms, customer: Customer) {
  return id === undefined ? null : ownMethod(call, id, customer.id).id;
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
