import { DAY_MS } from "../kernel/clock.ts";
import { type Period, monthsAfter, periodHolding } from "../kernel/period.ts";
import { type PriceTerms, priceModelOf } from "../catalog/plan-terms.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { PriceKey, RateCard } from "../rating/rate-card.ts";

const TRIAL_DAYS = 14;

/** The first period of a subscription that starts now: its anchor is its start. */
export const firstPeriod = (start: Date): Period => ({ start, end: monthsAfter(start, 1) });

/** Fourteen days; the end falls on a whole second, which is as fine as Stripe tells time. */
export const trialPeriod = (start: Date): Period => ({
  start,
  end: wholeSecond(new Date(start.getTime() + TRIAL_DAYS * DAY_MS)),
});

export const wholeSecond = (instant: Date): Date => new Date(Math.floor(instant.getTime() / 1000) * 1000);

/** How long access stays after a renewal failed. */
const GRACE_DAYS = 7;

/** When access falls to Free's limits unless the renewal is paid; null while nothing is past due. */
export const accessUntil = (pastDueSince: Date | null): Date | null =>
  pastDueSince === null ? null : new Date(pastDueSince.getTime() + GRACE_DAYS * DAY_MS);

/** What stands in the row of a subscription, as far as its periods go. */
export type PeriodState = {
  readonly anchorAt: Date;
  readonly currentPeriodEnd: Date;
  readonly trialEndsAt: Date | null;
  readonly cancelAt: Date | null;
};

/** What follows the current period: the same plan for another month, or Free with a new anchor. */
export type NextPeriod = { readonly period: Period; readonly plan: "same" | "free"; readonly anchorAt: Date };

/**
 * The period after the current one.
 *
 * A trial without a payment method and a canceled subscription end on Free, whose periods are
 * anchored at that instant. Otherwise periods are counted from the anchor, so that one on the
 * 31st comes back to the 31st.
 */
export function nextPeriod({ anchorAt, currentPeriodEnd, trialEndsAt, cancelAt }: PeriodState): NextPeriod {
  const ends = (at: Date | null): boolean => at !== null && at.getTime() <= currentPeriodEnd.getTime();
  if (ends(trialEndsAt) || ends(cancelAt)) {
    return { period: firstPeriod(currentPeriodEnd), plan: "free", anchorAt: currentPeriodEnd };
  }
  return { period: periodHolding(anchorAt, currentPeriodEnd), plan: "same", anchorAt };
}

/** A price of one customer's own. */
export type Override = { readonly meter: MeterCode; readonly priceKey: PriceKey; readonly price: PriceTerms };

/** The rate card with a customer's own prices laid over it. */
export function withOverrides(card: RateCard, overrides: readonly Override[]): RateCard {
  if (overrides.length === 0) return card;
  const meters = { ...card.meters };
  for (const { meter, priceKey, price } of overrides) {
    const rate = meters[meter];
    const model = priceModelOf(meter, price, rate.premium);
    // A price for all complexities replaces those of each.
    const prices = priceKey === "all" ? { all: model } : { ...rate.prices, [priceKey]: model };
    meters[meter] = { ...rate, prices };
  }
  return { ...card, meters };
}
