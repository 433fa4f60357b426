import type { Call } from "../http/call.ts";
import { missing, noSuch } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import { newSubscriptionSchedule, type SubscriptionSchedule } from "../objects/subscription-schedule.ts";
import { isEnded } from "../objects/subscription.ts";
import { readSubscription } from "./read.ts";
import { refuse } from "./refuse.ts";
import { phaseItemOf, phaseOf, readPhases, type ScheduleParams } from "./schedule-params.ts";
import { changeSchedule } from "./schedule-store.ts";
import { cancelSubscription } from "./subscription-cancel.ts";
import { changeSubscription, periodEndOf, periodStartOf } from "./subscription-store.ts";

export function readSchedule({ store }: Call, id: string): SubscriptionSchedule {
  const schedule = store.get<SubscriptionSchedule>("subscription_schedule", id);
  if (!schedule) throw noSuch("subscription_schedule", id);
  return schedule;
}

/**
 * Puts a running subscription under a schedule, whose first phase is the running period.
 *
 * @throws StripeError when it has one, or is over
 */
export function createSchedule(call: Call, params: ScheduleParams): SubscriptionSchedule {
  if (params.from_subscription === undefined) throw missing("from_subscription");
  const subscription = readSubscription(call, params.from_subscription, "from_subscription");
  if (isEnded(subscription)) throw refuse("The subscription is canceled.", "from_subscription");
  if (subscription.schedule !== null) {
    throw refuse(
      `You cannot migrate a subscription that is already attached to a schedule: ${subscription.schedule}.`,
      "from_subscription",
    );
  }
  const current = { start_date: periodStartOf(subscription), end_date: periodEndOf(subscription) };
  const schedule = newSubscriptionSchedule({
    id: call.newId("sub_sched"),
    created: call.now,
    current_phase: current,
    customer: subscription.customer,
    end_behavior: params.end_behavior ?? "release",
    metadata: mergeMetadata({}, params.metadata ?? {}),
    phases: [
      phaseOf(subscription.currency, current, subscription.items.map(phaseItemOf), {
        proration: "create_prorations",
        trial_end: subscription.trial_end,
      }),
    ],
    subscription: subscription.id,
  });
  call.store.put(schedule);
  changeSubscription(call, subscription, {
    schedule: schedule.id,
    local: { ...subscription.local, phaseEndsAt: current.end_date },
  });
  call.emit("subscription_schedule.created", schedule);
  return schedule;
}

/**
 * Says anew what happens when; the phase that runs keeps its start.
 *
 * @throws StripeError when the schedule is over or the phases do not follow each other
 */
export function updateSchedule(call: Call, id: string, params: ScheduleParams): SubscriptionSchedule {
  const before = liveSchedule(call, id);
  const subscription = readSubscription(call, String(before.subscription));
  const phases = params.phases ? readPhases(call, before, subscription, params) : before.phases;
  const current = phases.find(({ start_date, end_date }) => start_date <= call.now && call.now < end_date);
  if (!current) throw refuse("One phase of an active schedule has to be the current one.", "phases");
  const { start_date, end_date } = current;
  const after = changeSchedule(call, before, {
    current_phase: { start_date, end_date },
    end_behavior: params.end_behavior ?? before.end_behavior,
    ...(params.metadata === undefined ? {} : { metadata: mergeMetadata(before.metadata, params.metadata) }),
    phases,
  });
  changeSubscription(call, subscription, { local: { ...subscription.local, phaseEndsAt: end_date } });
  return after;
}

function liveSchedule(call: Call, id: string): SubscriptionSchedule {
  const schedule = readSchedule(call, id);
  if (schedule.status !== "active") {
    throw refuse(`You cannot change a subscription schedule that is currently \`${schedule.status}\`.`, "id");
  }
  return schedule;
}

/** Lets the subscription go on without the schedule. @throws StripeError when the schedule is over */
export function releaseSchedule(call: Call, id: string): SubscriptionSchedule {
  const before = liveSchedule(call, id);
  const subscription = readSubscription(call, String(before.subscription));
  const released = changeSchedule(call, before, {
    current_phase: null,
    released_at: call.now,
    released_subscription: subscription.id,
    status: "released",
    subscription: null,
  });
  call.emit("subscription_schedule.released", released);
  changeSubscription(call, subscription, {
    schedule: null,
    local: { ...subscription.local, phaseEndsAt: null },
  });
  return released;
}

/** Ends the schedule and the subscription with it. @throws StripeError when the schedule is over */
export function cancelScheduleNow(
  call: Call,
  id: string,
  { invoice_now = true, prorate = true }: { invoice_now?: boolean; prorate?: boolean },
): SubscriptionSchedule {
  const schedule = liveSchedule(call, id);
  cancelSubscription(call, String(schedule.subscription), { invoice_now, prorate });
  return readSchedule(call, id);
}
