import type { Call } from "../http/call.ts";
import { mergeMetadata } from "../objects/change.ts";
import type { Phase } from "../objects/subscription-schedule.ts";
import type { Subscription, SubscriptionItem } from "../objects/subscription.ts";
import { readPrice } from "./read.ts";
import { changeSchedule } from "./schedule-store.ts";
import { readSchedule, releaseSchedule } from "./schedules.ts";
import { finalInvoice } from "./subscription-cancel.ts";
import { endSubscription } from "./subscription-end.ts";
import { itemFor } from "./subscription-items.ts";
import { changeSubscription } from "./subscription-store.ts";
import { draftUpdate } from "./subscription-update.ts";

/**
 * Goes from a phase of the schedule that ends at `at` to the next, or out of the schedule after the last.
 *
 * Where the phase ends with the period, the renewal that follows bills the new prices and nothing is prorated.
 */
export function leavePhase(call: Call, subscription: Subscription, at: number): void {
  const schedule = readSchedule(call, String(subscription.schedule));
  const next = schedule.phases.find(({ start_date, end_date }) => start_date <= at && at < end_date);
  if (!next) {
    if (schedule.end_behavior !== "cancel") {
      releaseSchedule(call, schedule.id);
      return;
    }
    const completed = changeSchedule(call, schedule, { completed_at: at, current_phase: null, status: "completed" });
    call.emit("subscription_schedule.completed", completed);
    const last = finalInvoice(call, subscription, at);
    endSubscription(
      call,
      { ...subscription, schedule: null },
      { reason: "cancellation_requested", ...(last ? { latestInvoice: last.id } : {}) },
    );
    return;
  }
  const { start_date, end_date } = next;
  changeSchedule(call, schedule, { current_phase: { start_date, end_date } });
  const items = itemsOf(call, subscription, next);
  prorate(call, subscription, next, items, at);
  changeSubscription(call, subscription, {
    items,
    local: { ...subscription.local, phaseEndsAt: end_date },
    metadata: mergeMetadata(subscription.metadata, next.metadata),
    ...(next.default_payment_method === null ? {} : { default_payment_method: next.default_payment_method }),
  });
}

/** The phase's items: those whose price stays keep their id and period. */
function itemsOf(call: Call, subscription: Subscription, { items }: Phase): SubscriptionItem[] {
  const [any] = subscription.items;
  return items.map(({ price: priceId, quantity, metadata }) => {
    const kept = subscription.items.find(({ price }) => price === priceId);
    if (kept) return { ...kept, quantity: quantity ?? kept.quantity };
    const period = { start: any?.current_period_start ?? call.now, end: any?.current_period_end ?? call.now };
    const price = readPrice(call, priceId);
    return itemFor(call, subscription.id, { price, quantity: quantity ?? null, metadata }, period);
  });
}

/** A phase that begins within a period settles the rest of it. */
function prorate(call: Call, subscription: Subscription, phase: Phase, items: SubscriptionItem[], at: number): void {
  const isWithin = subscription.items.some(({ current_period_end }) => current_period_end > at);
  if (!isWithin || phase.proration_behavior === "none") return;
  const gone = subscription.items.filter(({ id }) => !items.some((item) => item.id === id));
  const come = items.filter(({ id }) => !subscription.items.some((item) => item.id === id));
  if (gone.length === 0 && come.length === 0) return;
  draftUpdate(call, subscription, {
    items: [
      ...gone.map(({ id }) => ({ id, deleted: true })),
      ...come.map(({ price, quantity }) => ({ price, ...(quantity === null ? {} : { quantity }) })),
    ],
    proration_behavior: "create_prorations",
  });
}
