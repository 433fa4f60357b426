import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { PlanFacts_SubscriptionFragmentDoc, type PlanFacts_SubscriptionFragment } from "../../gql/documents";
import { formatInstant } from "../../lib/instant";
import { Facts } from "../../ui/Facts";
import { Money } from "../../ui/Figures";
import { Notice } from "../../ui/Notice";
import { cardWords } from "./card-words";
import { paymentMethodUrl } from "./urls";

type Props = { readonly subscription: FragmentType<PlanFacts_SubscriptionFragment> };

/** Price, what follows, how it is paid, and until when money goes back. */
export function PlanFacts({ subscription: from }: Props) {
  const { data, complete } = useFragment({ fragment: PlanFacts_SubscriptionFragmentDoc, from });
  if (!complete) return null;
  const { pendingUpgrade, moneyBackUntil } = data;
  return (
    <>
      {pendingUpgrade && (
        <Notice tone="warn" title={`The change to ${pendingUpgrade.plan.name} waits for its payment`}>
          {data.plan.name} stays in force. Unpaid by {formatInstant(pendingUpgrade.until)}, the change is dropped and
          nothing is owed.
          {pendingUpgrade.hostedUrl !== null && (
            <Group mt="sm">
              <Button component="a" href={pendingUpgrade.hostedUrl} size="compact-md">
                Pay and upgrade
              </Button>
            </Group>
          )}
        </Notice>
      )}
      <Facts
        facts={[
          ["Price", priceFact(data)],
          ["Next", nextFact(data)],
          ["Paid by", paidBy(data)],
          ...(moneyBackUntil === null
            ? []
            : [["Money back", `Full refund until ${formatInstant(lastMoment(moneyBackUntil))}`] as const]),
        ]}
      />
    </>
  );
}

/** The end itself is too late: "until 12 Apr, 23:59 UTC". */
const lastMoment = (end: string): string => new Date(Date.parse(end) - 1000).toISOString();

function priceFact({ monthlyPrice, agreed }: PlanFacts_SubscriptionFragment): ReactNode {
  return (
    <>
      <Money value={monthlyPrice} /> a month{agreed && ", as agreed"}
    </>
  );
}

function nextFact(subscription: PlanFacts_SubscriptionFragment): string {
  const { status, plan, trialEndsAt, cancelAt, currentPeriodEnd, nextPlan, nextPlanAt, paymentMethod } = subscription;
  if (status === "PAUSED") return "Nothing until it is resumed";
  if (status === "TRIALING" && trialEndsAt)
    return `${paymentMethod && !cancelAt ? plan.name : "Free"} on ${formatInstant(trialEndsAt)}`;
  if (cancelAt) return `Free on ${formatInstant(cancelAt)}`;
  if (nextPlan && nextPlanAt) return `${nextPlan.name} on ${formatInstant(nextPlanAt)}`;
  if (plan.code === "FREE") return `The allowance starts anew on ${formatInstant(currentPeriodEnd)}`;
  return `Renews on ${formatInstant(currentPeriodEnd)}`;
}

function paidBy({ collection, paymentMethod, plan }: PlanFacts_SubscriptionFragment): ReactNode {
  if (collection === "INVOICE") return "Invoice, due within 30 days";
  if (paymentMethod) {
    return (
      <Anchor component={Link} to={paymentMethodUrl()} size="sm">
        {cardWords(paymentMethod)}
      </Anchor>
    );
  }
  return plan.code === "FREE" ? "Nothing to pay" : "No payment method yet";
}
