import type { Call } from "../http/call.ts";
import type { Subscription } from "../objects/subscription.ts";
import { renew } from "./renewal.ts";
import { leavePhase } from "./schedule-phases.ts";
import { finalInvoice } from "./subscription-cancel.ts";
import { endSubscription, voidIfOpen } from "./subscription-end.ts";
import { changeSubscription, dueOf, periodEndOf, saveSubscription, TRIAL_NOTICE } from "./subscription-store.ts";
import { endTrial } from "./trial-end.ts";

/** The steps of a subscription in the order in which they happen when they fall on one instant. */
export function workSubscription(call: Call, subscription: Subscription, at: number): void {
  const { status, cancel_at, local, pause_collection, pending_update, trial_end } = subscription;
  if (status === "incomplete") expireFirstPayment(call, subscription);
  else if (pending_update && pending_update.expires_at <= at) expirePendingUpdate(call, subscription);
  else if (
    status === "trialing" &&
    trial_end !== null &&
    local.toldTrialEnd !== trial_end &&
    trial_end - TRIAL_NOTICE <= at
  ) {
    tellTrialEnd(call, subscription);
  } else if (pause_collection?.resumes_at != null && pause_collection.resumes_at <= at) {
    changeSubscription(call, subscription, { pause_collection: null });
  } else if (cancel_at !== null && cancel_at <= at) endAsScheduled(call, subscription, at);
  else if (local.phaseEndsAt !== null && local.phaseEndsAt <= at) leavePhase(call, subscription, at);
  else if (status === "trialing" && trial_end !== null && trial_end <= at) endTrial(call, subscription, at);
  else if (status !== "paused" && periodEndOf(subscription) <= at) renew(call, subscription, at);
  else call.store.put(subscription, { due: dueOf(subscription, call.now) });
}

/** Ends a subscription on its day, with an invoice for what was used and what waits. */
function endAsScheduled(call: Call, subscription: Subscription, at: number): void {
  const last = finalInvoice(call, subscription, at);
  endSubscription(call, subscription, {
    reason: "cancellation_requested",
    ...(last ? { latestInvoice: last.id } : {}),
  });
}

function expireFirstPayment(call: Call, subscription: Subscription): void {
  const { latest_invoice } = subscription;
  endSubscription(call, subscription, { reason: null, status: "incomplete_expired" });
  if (latest_invoice !== null) voidIfOpen(call, latest_invoice);
}

function expirePendingUpdate(call: Call, subscription: Subscription): void {
  const { local } = subscription;
  const after = changeSubscription(call, subscription, {
    local: { ...local, pendingInvoice: null },
    pending_update: null,
  });
  call.emit("customer.subscription.pending_update_expired", after);
  if (local.pendingInvoice !== null) voidIfOpen(call, local.pendingInvoice);
}

function tellTrialEnd(call: Call, subscription: Subscription): void {
  const local = { ...subscription.local, toldTrialEnd: subscription.trial_end };
  const told = { ...subscription, local };
  saveSubscription(call, told);
  call.emit("customer.subscription.trial_will_end", told);
}
