import type { Call } from "../http/call.ts";
import { isEnded, type Subscription } from "../objects/subscription.ts";
import { days } from "./periods.ts";
import { emitUpdate } from "./present.ts";

/** How long before the end of a trial Stripe tells of it. */
export const TRIAL_NOTICE = days(3);
/** How long before a renewal Stripe tells of its invoice. */
const RENEWAL_NOTICE = days(7);
/** How long a first payment, or the payment of a pending update, may take. */
export const PAYMENT_WINDOW = 23 * 3600;

/** When the first of the items' periods ends. */
export const periodEndOf = ({ items }: Subscription): number =>
  Math.min(...items.map(({ current_period_end }) => current_period_end));

export const periodStartOf = ({ items }: Subscription): number =>
  Math.max(...items.map(({ current_period_start }) => current_period_start));

/** When the customer is told of the next renewal, or null when it is too late or too early to tell. */
export function renewalNoticeAt(subscription: Subscription): number | null {
  const end = periodEndOf(subscription);
  const isTold = subscription.local.toldPeriodEnd === end;
  const ends = subscription.cancel_at !== null && subscription.cancel_at <= end;
  const isShort = end - periodStartOf(subscription) <= RENEWAL_NOTICE;
  return isTold || ends || isShort ? null : end - RENEWAL_NOTICE;
}

/** When the subscription has to be looked at next, unix seconds; null when nothing will happen by itself. */
export function dueOf(subscription: Subscription, now: number): number | null {
  if (isEnded(subscription)) return null;
  const { status, cancel_at, created, local, pause_collection, pending_update, trial_end } = subscription;
  if (status === "incomplete") return created + PAYMENT_WINDOW;
  const instants = [cancel_at, pending_update?.expires_at ?? null, pause_collection?.resumes_at ?? null];
  if (status !== "paused") {
    instants.push(periodEndOf(subscription), local.phaseEndsAt);
    const noticeAt = renewalNoticeAt(subscription);
    if (noticeAt !== null && noticeAt >= now) instants.push(noticeAt);
    if (status === "trialing" && trial_end !== null && local.toldTrialEnd !== trial_end) {
      instants.push(trial_end - TRIAL_NOTICE);
    }
  }
  const given = instants.filter((instant) => instant !== null);
  return given.length === 0 ? null : Math.max(now, Math.min(...given));
}

/** Stores a subscription with the instant of its next due work. */
export function saveSubscription(call: Call, subscription: Subscription): void {
  call.store.put(subscription, { due: dueOf(subscription, call.now) });
}

/** Stores a subscription and tells what changed of it. */
export function changeSubscription(
  call: Call,
  before: Subscription,
  changes: Partial<Subscription>,
  type = "customer.subscription.updated",
): Subscription {
  const after = { ...before, ...changes };
  saveSubscription(call, after);
  emitUpdate(call, type, before, after);
  return after;
}
