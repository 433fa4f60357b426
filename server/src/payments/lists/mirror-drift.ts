import type { CurrentSubscription } from "../../subscriptions/current-subscription.ts";
import type { SubscriptionMirror } from "../stripe-subscription.ts";

/** What of a subscription is compared with its copy at Stripe. */
type Ours = Pick<
  CurrentSubscription,
  "planCode" | "planVersionId" | "status" | "agreedMinor" | "collection" | "cancelAt" | "currentPeriodEnd"
>;
type Copy = Pick<SubscriptionMirror, "planVersionId" | "agreedMinor" | "collection" | "cancelAt" | "periodEnd">;

/**
 * What the subscription that a plan stands on has otherwise than the plan: nothing when they agree.
 *
 * Free and a trial stand on nothing at Stripe. Ends of periods are compared while both lie ahead: at
 * the end itself one of them is first.
 *
 * @param copy the granted subscription; null when there is none
 */
export function mirrorDrift(ours: Ours, copy: Copy | null, now: Date): string[] {
  const standsOnNothing = ours.planCode === "free" || ours.status === "TRIALING" || ours.status === "CANCELED";
  if (copy === null) return standsOnNothing ? [] : ["subscription"];
  if (standsOnNothing) return ["subscription"];
  const ahead = (at: Date): boolean => at.getTime() > now.getTime();
  const sameInstant = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime();
  return [
    ...(ours.planVersionId === copy.planVersionId ? [] : ["plan"]),
    ...(ours.agreedMinor === copy.agreedMinor ? [] : ["agreedPrice"]),
    ...(ours.collection === copy.collection ? [] : ["collection"]),
    ...(sameInstant(ours.cancelAt, copy.cancelAt) ? [] : ["cancelAt"]),
    ...(ahead(ours.currentPeriodEnd) && ahead(copy.periodEnd) && !sameInstant(ours.currentPeriodEnd, copy.periodEnd)
      ? ["periodEnd"]
      : []),
  ];
}
