import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Group, Text } from "@mantine/core";
import {
  SubscriptionState_SubscriptionFragmentDoc,
  type SubscriptionState_SubscriptionFragment,
} from "../../gql/documents";
import { useTick } from "../../lib/clock";
import { formatPeriod } from "../../lib/instant";
import { Money } from "../../ui/Figures";
import { Status } from "../../ui/Status";
import { STATUSES, subscriptionSentence } from "./subscription-words";

type Props = { readonly subscription: FragmentType<SubscriptionState_SubscriptionFragment> };

/** The plan, how it stands, and the period that runs. */
export function SubscriptionState({ subscription: from }: Props) {
  const now = useTick(60_000);
  const { data, complete } = useFragment({ fragment: SubscriptionState_SubscriptionFragmentDoc, from });
  if (!complete) return null;
  const { label, tone } = STATUSES[data.status];
  return (
    <div>
      <Group gap="sm">
        <Text fz="xl" fw={650} component="h3">
          {data.plan.name}
        </Text>
        <Status tone={tone}>{label}</Status>
      </Group>
      <Text mt={4}>{subscriptionSentence(data, now)}</Text>
      <Text size="sm" c="dimmed" mt={4}>
        This period: {formatPeriod(data.currentPeriodStart, data.currentPeriodEnd)}.{" "}
        {data.status !== "TRIALING" && (
          <>
            <Money value={data.monthlyPrice} /> a month{data.agreed && ", as agreed"}
          </>
        )}
      </Text>
    </div>
  );
}
