import type { SubscriptionState_SubscriptionFragment, SubscriptionStatus } from "../../gql/documents";
import { formatDay, formatInstant, formatTimeLeft } from "../../lib/instant";
import type { Tone } from "../../ui/Status";

type Subscription = Pick<
  SubscriptionState_SubscriptionFragment,
  "status" | "trialEndsAt" | "cancelAt" | "currentPeriodEnd" | "plan"
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
  const { status, trialEndsAt, cancelAt, currentPeriodEnd, plan } = subscription;
  if (status === "TRIALING" && trialEndsAt) {
    return `Trial: ${formatTimeLeft(trialEndsAt, now)} left, until ${formatInstant(trialEndsAt)}. Usage is unlimited and nothing is billed; without a payment method the Free plan follows.`;
  }
  if (status === "PAUSED") return `${plan.name}, paused: no fee is charged and no usage is accepted.`;
  if (status === "PAST_DUE") return `${plan.name}, past due: the last payment failed.`;
  if (status === "CANCELED") return `${plan.name}, canceled.`;
  if (cancelAt) return `${plan.name}, ends on ${formatInstant(cancelAt)}. The Free plan follows.`;
  if (plan.code === "FREE") return `Free. The allowance starts anew on ${formatInstant(currentPeriodEnd)}.`;
  return `${plan.name}, renews ${formatInstant(currentPeriodEnd)}.`;
}

/** The same, short: for a list. */
export const nextStep = ({ status, trialEndsAt, cancelAt, currentPeriodEnd }: Subscription): string => {
  if (status === "TRIALING" && trialEndsAt) return `Trial ends ${formatDay(trialEndsAt)}`;
  if (cancelAt) return `Ends ${formatDay(cancelAt)}`;
  return `Period ends ${formatDay(currentPeriodEnd)}`;
};
