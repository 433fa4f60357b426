import type { Call } from "../http/call.ts";
import { missing } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import type { InvoiceItem } from "../objects/invoice-item.ts";
import type { LineItem } from "../objects/invoice.ts";
import type { Price } from "../objects/price.ts";
import type { ProrationBehavior, Subscription, SubscriptionItem } from "../objects/subscription.ts";
import { decimalOf } from "./decimal.ts";
import { cycleLine, isMetered, priceOfItem, prorationItem, trialLine, withDebits } from "./lines.ts";
import { periodContaining } from "./periods.ts";
import { refuse } from "./refuse.ts";
import {
  type AskedItem,
  cadenceOf,
  checkDistinct,
  currencyOf,
  itemFor,
  type ItemParams,
  readItems,
} from "./subscription-items.ts";
import { periodEndOf, periodStartOf } from "./subscription-store.ts";

export type Change = {
  readonly items: readonly ItemParams[];
  readonly proration: ProrationBehavior;
  /** Unix seconds; prorations are computed as of then. */
  readonly prorationDate?: number;
  readonly anchor: "now" | "unchanged";
  readonly trialEnd?: "now" | number;
};

/**
 * What a change of a subscription does, as a value: the same one is previewed and carried out.
 *
 * The change starts a new period when it is asked to, ends a trial or has another interval; else the
 * running periods stay and the rest of them is prorated.
 */
export type UpdatePlan = {
  readonly anchor: number;
  readonly items: SubscriptionItem[];
  readonly trialEnd: number | null;
  /** Credits and debits for the rest of the running periods, not stored. */
  readonly prorations: InvoiceItem[];
  /** What the new periods cost, when new ones start. */
  readonly lines: LineItem[];
  readonly startsPeriod: boolean;
};

/** @throws StripeError when the change cannot be */
export function planUpdate(call: Call, before: Subscription, change: Change): UpdatePlan {
  const at = change.prorationDate ?? call.now;
  if (at < periodStartOf(before) || at > periodEndOf(before)) {
    throw refuse("Cannot specify a proration date outside of the current period.", "proration_date");
  }
  const asked = readItems(call, change.items, before.items);
  const trialEnd = nextTrialEnd(call.now, before, change.trialEnd);
  const startsPeriod = change.anchor === "now" || change.trialEnd !== undefined || changesInterval(call, before, asked);
  const anchor = startsPeriod ? (trialEnd ?? call.now) : before.billing_cycle_anchor;
  const items = changedItems(call, before, asked, { anchor, startsPeriod, trialEnd });
  if (items.length === 0) throw refuse("A subscription must have at least one active plan.", "items");
  checkDistinct(items.map(({ price }) => price));
  currencyOf(items.map((item) => priceOfItem(call, item)));
  const isProrated = change.proration !== "none" && before.status !== "trialing";
  const prorations = isProrated ? prorationsOf(call, before, items, { at, startsPeriod }) : [];
  const after: Subscription = { ...before, items };
  const lines = startsPeriod ? periodLines(call, after, trialEnd) : [];
  const billed = startsPeriod ? withDebits(items, lines) : items.map((item) => withDebit(item, prorations));
  return { anchor, items: billed, trialEnd, prorations, lines, startsPeriod };
}

/** The item with its share of the prorations: what it was is credited, what it is was billed. */
function withDebit(item: SubscriptionItem, prorations: readonly InvoiceItem[]): SubscriptionItem {
  const own = prorations.filter(({ parent }) => parent?.subscription_details.subscription_item === item.id);
  const debit = own.at(-1);
  if (debit) return { ...item, debit: { amount: Math.max(0, debit.amount), ...debit.period } };
  const { current_period_start: start, current_period_end: end } = item;
  return { ...item, debit: item.debit ?? { amount: 0, start, end } };
}

function nextTrialEnd(now: number, before: Subscription, trialEnd: Change["trialEnd"]): number | null {
  const isTrialing = before.status === "trialing";
  if (trialEnd === undefined) return isTrialing ? before.trial_end : null;
  if (trialEnd === "now") return null;
  if (trialEnd <= now) {
    throw refuse("Invalid timestamp: must be an integer Unix timestamp in the future.", "trial_end");
  }
  return trialEnd;
}

function changesInterval(call: Call, before: Subscription, asked: readonly AskedItem[]): boolean {
  return asked.some(({ id, price }) => {
    const item = before.items.find((each) => each.id === id);
    if (!item || !price) return false;
    const was = cadenceOf(priceOfItem(call, item));
    const is = cadenceOf(price);
    return was.interval !== is.interval || was.interval_count !== is.interval_count;
  });
}

type Periods = { readonly anchor: number; readonly startsPeriod: boolean; readonly trialEnd: number | null };

function changedItems(
  call: Call,
  before: Subscription,
  asked: readonly AskedItem[],
  periods: Periods,
): SubscriptionItem[] {
  const kept = before.items.flatMap((item) => {
    const change = asked.find(({ id }) => id === item.id);
    if (change?.isDeleted) return [];
    const price = change?.price ?? priceOfItem(call, item);
    const changed: SubscriptionItem = {
      ...item,
      metadata: mergeMetadata(item.metadata, change?.metadata ?? undefined),
      price: price.id,
      quantity: isMetered(price) ? null : (change?.quantity ?? item.quantity ?? 1),
    };
    return [periods.startsPeriod ? { ...changed, ...newPeriod(call, price, periods) } : changed];
  });
  const added = asked
    .filter(({ id }) => id === null)
    .map(({ price, quantity, metadata }) => {
      if (!price) throw missing("items[0][price]");
      const { current_period_start: start, current_period_end: end } = periods.startsPeriod
        ? newPeriod(call, price, periods)
        : { current_period_start: periodStartOf(before), current_period_end: periodEndOf(before) };
      return itemFor(call, before.id, { price, quantity, metadata }, { start, end });
    });
  return [...kept, ...added];
}

function newPeriod({ now }: Call, price: Price, { anchor, trialEnd }: Periods) {
  const { end } = periodContaining(anchor, cadenceOf(price), now);
  return { current_period_start: now, current_period_end: trialEnd ?? end };
}

/** Credits for what items were and, where the period goes on, debits for what they become. */
function prorationsOf(
  call: Call,
  before: Subscription,
  items: readonly SubscriptionItem[],
  { at, startsPeriod }: { at: number; startsPeriod: boolean },
): InvoiceItem[] {
  const ids = new Set([...before.items, ...items].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const was = before.items.find((item) => item.id === id);
    const is = items.find((item) => item.id === id);
    const isSame = was !== undefined && is !== undefined && was.price === is.price && was.quantity === is.quantity;
    if (isSame && !startsPeriod) return [];
    // Nothing was billed for it, so there is nothing to give back.
    const isFree = before.billing_mode.type === "flexible" && was?.debit?.amount === 0;
    const credit = was && !isFree ? prorated(call, before, was, at, "unused") : undefined;
    const debit = is && !startsPeriod ? prorated(call, before, is, at, "remaining") : undefined;
    return [credit, debit].filter((item) => item !== undefined);
  });
}

function prorated(
  call: Call,
  subscription: Subscription,
  item: SubscriptionItem,
  at: number,
  kind: "unused" | "remaining",
): InvoiceItem | undefined {
  const price = priceOfItem(call, item);
  return isMetered(price) ? undefined : prorationItem(call, { subscription, item, price, at, kind });
}

/** What new periods cost that start now. */
function periodLines(call: Call, after: Subscription, trialEnd: number | null): LineItem[] {
  return after.items.flatMap((item) => {
    const price = priceOfItem(call, item);
    const period = { start: item.current_period_start, end: item.current_period_end };
    const line = { subscription: after, item, period, price };
    if (trialEnd !== null) return [trialLine(call, line)];
    return isMetered(price) ? [] : [cycleLine(call, line, decimalOf(item.quantity ?? 1))];
  });
}
