import type { SubscriptionState_SubscriptionFragment, SubscriptionStatus } from "../../gql/documents";
import { formatDay, formatInstant, formatTimeLeft } from "../../lib/instant";
import type { Tone } from "../../ui/Status";

type Subscription = Pick<
  SubscriptionState_SubscriptionFragment,
  | "status"
  | "trialEndsAt"
  | "cancelAt"
  | "currentPeriodEnd"
  | "plan"
  | "accessUntil"
  | "nextPlan"
  | "nextPlanAt"
  | "paymentMethod"
>;

export const STATUSES: Readonly<Record<SubscriptionStatus, { label: string; tone: Tone }>> = {
  TRIALING: { label: "Trial", tone: "info" },
  ACTIVE: { label: "Active", tone: "good" },
  PAST_DUE: { label: "Past due", tone: "bad" },
  PAUSED: { label: "Paused", tone: "warn" },
  CANCELED: { label: "Canceled", tone: "plain" },
};

/** How things stand with the plan and what comes next, in a sentence. */
export function subscriptionSentence(subscription: Subscription, now: number): string {
  const { status, cancelAt, currentPeriodEnd, plan, nextPlan, nextPlanAt } = subscription;
  if (status === "TRIALING") return trialSentence(subscription, now);
  if (status === "PAUSED") return `${plan.name}, paused: no fee is charged and no usage is accepted.`;
  if (status === "PAST_DUE") return pastDueSentence(subscription, now);
  if (status === "CANCELED") return `${plan.name}, canceled.`;
  if (cancelAt) return `${plan.name}, ends on ${formatInstant(cancelAt)}. The Free plan follows.`;
  if (nextPlan && nextPlanAt) return `${plan.name} until ${formatInstant(nextPlanAt)}, then ${nextPlan.name}.`;
  if (plan.code === "FREE") return `Free. The allowance starts anew on ${formatInstant(currentPeriodEnd)}.`;
  return `${plan.name}, renews ${formatInstant(currentPeriodEnd)}.`;
}

function trialSentence({ trialEndsAt, cancelAt, plan, paymentMethod }: Subscription, now: number): string {
  if (!trialEndsAt) return `${plan.name}, on trial.`;
  const start = `Trial: ${formatTimeLeft(trialEndsAt, now)} left, until ${formatInstant(trialEndsAt)}. Usage is unlimited and nothing is billed;`;
  if (cancelAt) return `${start} then the Free plan follows.`;
  return paymentMethod
    ? `${start} then ${plan.name} follows and is charged to the card on file.`
    : `${start} without a payment method the Free plan follows.`;
}

function pastDueSentence({ plan, accessUntil }: Subscription, now: number): string {
  const start = `${plan.name}, past due: the last payment failed.`;
  if (!accessUntil) return start;
  return Date.parse(accessUntil) > now
    ? `${start} Without payment access falls to Free's limits on ${formatInstant(accessUntil)}.`
    : `${start} Since ${formatInstant(accessUntil)} Free's limits hold; paying restores ${plan.name} at once.`;
}

/** The same, short: for a list. */
export const nextStep = ({
  status,
  trialEndsAt,
  cancelAt,
  currentPeriodEnd,
}: Pick<Subscription, "status" | "trialEndsAt" | "cancelAt" | "currentPeriodEnd">): string => {
  if (status === "TRIALING" && trialEndsAt) return `Trial ends ${formatDay(trialEndsAt)}`;
  if (cancelAt) return `Ends ${formatDay(cancelAt)}`;
  return `Period ends ${formatDay(currentPeriodEnd)}`;
};
