import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { PlanFacts_SubscriptionFragmentDoc, type PlanFacts_SubscriptionFragment } from "../../gql/documents";
import { formatExactInstant, formatInstant } from "../../lib/instant";
import { Facts } from "../../ui/Facts";
import { Notice } from "../../ui/Notice";
import { cardWords } from "./card-words";
import { paymentMethodUrl } from "./urls";

type Props = { readonly subscription: FragmentType<PlanFacts_SubscriptionFragment> };

/** How the plan is paid, until when money goes back, and a change that waits for its payment. */
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
              <Button component="a" href={pendingUpgrade.hostedUrl} size="xs">
                Pay and upgrade
              </Button>
            </Group>
          )}
        </Notice>
      )}
      <Facts
        facts={[
          ["Paid by", paidBy(data)],
          ...(moneyBackUntil === null
            ? []
            : [["Money back", `Full refund until ${formatExactInstant(lastMoment(moneyBackUntil))}`] as const]),
        ]}
      />
    </>
  );
}

/** The end itself is too late: "until 12 Apr, 23:59:59 UTC". */
const lastMoment = (end: string): string => new Date(Date.parse(end) - 1000).toISOString();

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
