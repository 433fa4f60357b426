import type { Call } from "../http/call.ts";
import type { Subscription } from "../objects/subscription.ts";
import { payerOfSubscription } from "./payer.ts";
import { renew } from "./renewal.ts";
import { endSubscription } from "./subscription-end.ts";
import { changeSubscription } from "./subscription-store.ts";

/** Ends a trial: with a card on an invoice, without one as the subscription says. */
export function endTrial(call: Call, subscription: Subscription, at: number): void {
  const { collection_method, trial_settings } = subscription;
  const isCharged = collection_method === "charge_automatically";
  const behavior = trial_settings.end_behavior.missing_payment_method;
  if (!isCharged || behavior === "create_invoice" || payerOfSubscription(call, subscription) !== null) {
    renew(call, subscription, at);
  } else if (behavior === "cancel") {
    endSubscription(call, subscription, { reason: null });
  } else {
    const paused = changeSubscription(call, subscription, {
      status: "paused",
      status_details: {
        paused: {
          subscription: { type: "trial_end_without_payment_method" },
          transitioned_at: call.now,
          type: "subscription",
        },
      },
    });
    call.emit("customer.subscription.paused", paused);
  }
}
