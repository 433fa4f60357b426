import type { Call } from "../http/call.ts";
import type { SubscriptionSchedule } from "../objects/subscription-schedule.ts";
import { emitUpdate } from "./present.ts";

/** Stores a schedule and tells what changed. */
export function changeSchedule(
  call: Call,
  before: SubscriptionSchedule,
  changes: Partial<SubscriptionSchedule>,
): SubscriptionSchedule {
  const after = { ...before, ...changes };
  call.store.put(after);
  emitUpdate(call, "subscription_schedule.updated", before, after);
  return after;
}

/** The subscription is over, so nothing is scheduled any more. */
export function cancelSchedule(call: Call, id: string): void {
  const before = call.store.get<SubscriptionSchedule>("subscription_schedule", id);
  if (before?.status !== "active") return;
  const canceled = changeSchedule(call, before, { canceled_at: call.now, current_phase: null, status: "canceled" });
  call.emit("subscription_schedule.canceled", canceled);
}
