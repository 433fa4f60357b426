import type { Call } from "../http/call.ts";
import type { PendingUpdate, Subscription, SubscriptionItem } from "../objects/subscription.ts";
import { changeSubscription, PAYMENT_WINDOW } from "./subscription-store.ts";

/** Lets a change wait for the payment of its invoice, for 23 hours. */
export function keepPendingUpdate(
  call: Call,
  subscription: Subscription,
  invoiceId: string,
  update: Partial<PendingUpdate>,
): Subscription {
  return changeSubscription(call, subscription, {
    latest_invoice: invoiceId,
    local: { ...subscription.local, pendingInvoice: invoiceId },
    pending_update: {
      billing_cycle_anchor: null,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: call.now + PAYMENT_WINDOW,
      metadata: null,
      subscription_items: null,
      trial_end: null,
      trial_from_plan: null,
      ...update,
    },
  });
}

/** Does what waited: its invoice is paid. */
export function applyPendingUpdate(call: Call, before: Subscription): void {
  const { pending_update: pending } = before;
  if (!pending) return;
  const after = changeSubscription(call, before, {
    ...(pending.subscription_items ? { items: inRunningPeriods(before, pending, pending.subscription_items) } : {}),
    ...(pending.billing_cycle_anchor === null ? {} : { billing_cycle_anchor: pending.billing_cycle_anchor }),
    ...(pending.cancel_at_period_end === null ? {} : { cancel_at_period_end: pending.cancel_at_period_end }),
    ...(pending.trial_end === null ? {} : { trial_end: pending.trial_end }),
    ...(pending.metadata === null ? {} : { metadata: { ...before.metadata, ...pending.metadata } }),
    local: { ...before.local, pendingInvoice: null },
    pending_update: null,
  });
  call.emit("customer.subscription.pending_update_applied", after);
}

/** The subscription may have been renewed while the change waited: unless that starts a period, those that run stay. */
function inRunningPeriods(
  before: Subscription,
  { billing_cycle_anchor }: PendingUpdate,
  items: readonly SubscriptionItem[],
): SubscriptionItem[] {
  return items.map((item) => {
    const running = before.items.find(({ id }) => id === item.id) ?? before.items[0];
    if (billing_cycle_anchor !== null || !running || running.current_period_end === item.current_period_end)
      return item;
    const { current_period_start, current_period_end, debit } = running;
    return { ...item, current_period_start, current_period_end, ...(debit ? { debit } : {}) };
  });
}
