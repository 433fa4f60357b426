import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import type { QuickstartWatchQuery } from "../../gql/documents";
import { addDecimals, isZero } from "../../lib/decimal";
import { formatDecimal, unitName } from "../../lib/quantity";
import { Money } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Notice } from "../../ui/Notice";
import { usageEventsUrl, usageEventUrl } from "../usage/urls";

type Organization = QuickstartWatchQuery["organization"];
type Event = Organization["usageEvents"]["nodes"][number];
type Rejected = Organization["rejectedUsage"]["nodes"][number];

/** An event that just came: accepted, how it stands to the allowance, and its amount. */
export function Arrival({ event }: { readonly event: Event }) {
  const rating = event.ratings.find(({ meter }) => meter === "generations") ?? event.ratings[0];
  return (
    <Notice tone="good" title="Accepted">
      <Text size="sm">
        <Anchor component={Link} to={usageEventUrl(event.id)} inherit underline="always">
          {event.idempotencyKey}
        </Anchor>{" "}
        at <Instant at={event.recordedAt} as="exact" />: {rating && `${standing(rating)}, `}
        <Money value={event.amount} as="exact" />
      </Text>
    </Notice>
  );
}

function standing({ unit, usedBefore, allowance, included, overLimit }: Event["ratings"][number]): string {
  if (allowance === null) return `${unit} included without limit`;
  if (!isZero(overLimit)) return "over the plan's limit, recorded and not billed";
  if (isZero(included)) return `past the ${formatDecimal(allowance)} included`;
  return `${formatDecimal(addDecimals(usedBefore, included))} of ${formatDecimal(allowance)} ${unitName(allowance, unit)} included`;
}

const FIXES: Readonly<Record<string, string>> = {
  CONFLICT: "Give a new event a key of its own.",
};

/** An attempt that just came and was refused: why, and what mends it. */
export function Refusal({ refusal: { idempotencyKey, status, reason, at } }: { readonly refusal: Rejected }) {
  return (
    <Notice tone={status === "CONFLICT" ? "warn" : "bad"} title={status === "CONFLICT" ? "Conflict" : "Rejected"}>
      <Text size="sm">
        {idempotencyKey} at <Instant at={at} as="exact" />: {reason} {FIXES[status]}{" "}
        <Anchor component={Link} to={usageEventsUrl(undefined, { tab: "rejected" })} inherit underline="always">
          All rejected attempts
        </Anchor>
      </Text>
    </Notice>
  );
}
