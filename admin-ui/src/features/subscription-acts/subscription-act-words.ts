import type { SubscriptionActs_SubscriptionFragment } from "../../gql/documents";
import { formatInstant } from "../../lib/instant";

type Subscription = Omit<SubscriptionActs_SubscriptionFragment, " $fragmentName">;

/** All that shows a subscription's state. */
export const AFFECTED = [
  "SubscriptionTab",
  "OverviewTab",
  "OrganizationVisit",
  "QuotasPanel",
  "UpcomingInvoice",
  "PeriodTimeline",
  "Subscriptions",
];

/** What there is to take back, and what follows when it is. */
export function resumeWords({ status, cancelAt, plan, nextPlan, nextPlanAt }: Subscription): {
  readonly label: string;
  readonly consequences: readonly string[];
} {
  if (status === "PAUSED") {
    return {
      label: "End the pause",
      consequences: [
        `${plan.name} is in force again at once, and usage is accepted.`,
        "The fee falls due again from the next renewal on, or now where a period began during the pause.",
      ],
    };
  }
  if (cancelAt !== null) {
    return {
      label: "Take the cancellation back",
      consequences: [
        `${plan.name} goes on after ${formatInstant(cancelAt)} and renews as before.`,
        "Nothing is charged now.",
      ],
    };
  }
  const next =
    nextPlan && nextPlanAt ? `The change to ${nextPlan.name} on ${formatInstant(nextPlanAt)} falls away.` : null;
  return {
    label: "Take the change back",
    consequences: [next ?? "The scheduled change falls away.", `${plan.name} goes on. Nothing is charged now.`],
  };
}
