import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { cardWords, expiryWords } from "../../../features/billing/card-words";
import type { SubscriptionTabQuery } from "../../../gql/documents";
import { CopyText } from "../../../ui/CopyText";
import { Instant } from "../../../ui/Instant";
import { Status } from "../../../ui/Status";

type Subscription = SubscriptionTabQuery["organization"]["subscription"];
type Fact = readonly [string, ReactNode];

const at = (instant: string) => <Instant key={instant} at={instant} zone="UTC" />;
const when = (name: string, instant: string | null): readonly Fact[] => (instant === null ? [] : [[name, at(instant)]]);

/** What of a subscription staff need beyond what the customer sees. @param newest the newest version of its plan */
export function factsOf(subscription: Subscription, newest: number): readonly Fact[] {
  const { plan, startedAt, agreed, trialUsed, pendingUpgrade, nextPlan } = subscription;
  return [
    [
      "Plan version",
      newest > plan.version
        ? `${plan.name}, version ${plan.version}; new subscriptions get version ${newest}`
        : `${plan.name}, version ${plan.version}, the newest`,
    ],
    ["Monthly price", agreed ? "Agreed with this customer" : "The plan's"],
    ["Paid by", paidBy(subscription)],
    ["Subscribed since", at(startedAt)],
    ["Trial", trialUsed ? "Used" : "Not used yet"],
    ...when("Paused since", subscription.pausedAt),
    ...when("Past due since", subscription.pastDueSince),
    ...when("Access until", subscription.accessUntil),
    ...when("Money back until", subscription.moneyBackUntil),
    ...(nextPlan ? when(`${nextPlan.name} follows`, subscription.nextPlanAt) : []),
    ...(pendingUpgrade ? when(`${pendingUpgrade.plan.name} waits for its payment until`, pendingUpgrade.until) : []),
  ];
}

function paidBy({ collection, paymentMethod }: Subscription): string {
  if (collection === "INVOICE") return "Invoice";
  if (!paymentMethod) return "No card on file";
  const expiry = expiryWords(paymentMethod);
  return `${cardWords(paymentMethod)}${expiry === null ? "" : `, until ${expiry}`}`;
}

/** Where its copy at Stripe is, and whether the two agree. */
export function stripeFact(entry: SubscriptionTabQuery["subscriptions"]["nodes"][number] | undefined): Fact {
  if (!entry?.stripeSubscriptionId) return ["At Stripe", "Nothing"];
  const { stripeSubscriptionId, stripeUrl, drift } = entry;
  return [
    "At Stripe",
    <span key="stripe">
      {stripeUrl ? (
        <Anchor href={stripeUrl} target="_blank" rel="noreferrer" fz="sm">
          {stripeSubscriptionId}
        </Anchor>
      ) : (
        <CopyText value={stripeSubscriptionId} label="Copy the id at Stripe" />
      )}{" "}
      {drift ? <Status tone="bad">Differs</Status> : <Status tone="good">The same</Status>}
    </span>,
  ];
}
