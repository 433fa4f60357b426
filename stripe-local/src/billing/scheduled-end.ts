import type { Subscription, SubscriptionItem } from "../objects/subscription.ts";
import { refuse } from "./refuse.ts";

export type EndTerms = {
  cancel_at?: number | "max_billed_until" | "max_period_end" | "min_period_end";
  cancel_at_period_end?: boolean;
};

/** `cancel_at` in the terms of a request, as fields of the subscription. */
export function scheduledEnd(
  now: number,
  items: readonly SubscriptionItem[],
  { cancel_at, cancel_at_period_end }: EndTerms,
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
