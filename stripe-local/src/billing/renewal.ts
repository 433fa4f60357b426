import type { Call } from "../http/call.ts";
import type { Invoice, LineItem } from "../objects/invoice.ts";
import type { Subscription, SubscriptionItem } from "../objects/subscription.ts";
import { decimalOf } from "./decimal.ts";
import { draft, pendingItems } from "./invoice-drafts.ts";
import { cycleLine, isMetered, priceOfItem, withDebits } from "./lines.ts";
import { usageIn } from "./metered-usage.ts";
import { type Period, periodContaining } from "./periods.ts";
import { emitUpdate } from "./present.ts";
import { readCustomer } from "./read.ts";
import { cadenceOf } from "./subscription-items.ts";
import { saveSubscription } from "./subscription-store.ts";

const periodOf = ({ current_period_start, current_period_end }: SubscriptionItem): Period => ({
  start: current_period_start,
  end: current_period_end,
});

/** The items with the periods that follow, for those whose period ends by `at`. */
function nextPeriods(call: Call, subscription: Subscription, at: number): SubscriptionItem[] {
  return subscription.items.map((item) => {
    if (item.current_period_end > at) return item;
    const cadence = cadenceOf(priceOfItem(call, item));
    const { end } = periodContaining(subscription.billing_cycle_anchor, cadence, item.current_period_end);
    return { ...item, current_period_start: item.current_period_end, current_period_end: end };
  });
}

/**
 * The lines of a renewal: what is paid in advance for the new periods, and what was used of metered
 * prices in the old ones. Use in a trial costs nothing.
 *
 * @param after the subscription with the new periods
 */
function renewalLines(call: Call, before: Subscription, after: Subscription): LineItem[] {
  return after.items.flatMap((item) => {
    const old = before.items.find(({ id }) => id === item.id);
    const price = priceOfItem(call, item);
    if (old?.current_period_end === item.current_period_end) return [];
    if (!isMetered(price)) {
      const line = { subscription: after, item, period: periodOf(item), price };
      return [cycleLine(call, line, decimalOf(item.quantity ?? 1))];
    }
    if (!old || before.status === "trialing") return [];
    return [usageLine(call, after, old)];
  });
}

/** What was used of a metered item in its period so far. */
export function usageLine(call: Call, subscription: Subscription, item: SubscriptionItem, until?: number): LineItem {
  const price = priceOfItem(call, item);
  const period = { start: item.current_period_start, end: until ?? item.current_period_end };
  return cycleLine(call, { subscription, item, period, price }, usageIn(call, price, subscription.customer, period));
}

/** Starts the next period of a subscription with the draft of its invoice. */
export function renew(call: Call, before: Subscription, at: number): Invoice {
  const periods = nextPeriods(call, before, at);
  const isTrialOver = before.status === "trialing" && (before.trial_end ?? 0) <= at;
  const renewed: Subscription = { ...before, items: periods, status: isTrialOver ? "active" : before.status };
  const lines = renewalLines(call, before, renewed);
  const customer = readCustomer(call, before.customer);
  const first = before.items.find(({ current_period_end }) => current_period_end <= at);
  const invoice = draft(
    call,
    {
      customer,
      subscription: renewed,
      billingReason: "subscription_cycle",
      currency: before.currency,
      period: { start: first?.current_period_start ?? at, end: first?.current_period_end ?? at },
      collectionMethod: before.collection_method,
      daysUntilDue: before.days_until_due,
      autoAdvance: before.pause_collection?.behavior !== "keep_as_draft",
    },
    pendingItems(call, customer.id, before.id, before.currency),
    lines,
  );
  const kept = renewed.items.filter(({ id, current_period_end }) => {
    return before.items.some((item) => item.id === id && item.current_period_end === current_period_end);
  });
  const billed = renewed.items.map((item) => (kept.includes(item) ? item : (withDebits([item], lines)[0] ?? item)));
  const after: Subscription = { ...renewed, items: billed, latest_invoice: invoice.id };
  saveSubscription(call, after);
  call.emit("invoice.created", invoice);
  emitUpdate(call, "customer.subscription.updated", before, after);
  return invoice;
}
