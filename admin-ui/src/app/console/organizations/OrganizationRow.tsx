import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { nextStep, STATUSES } from "../../../features/billing/subscription-words";
import { organizationUrl } from "../../../features/organizations/urls";
import {
  OrganizationRow_OrganizationFragmentDoc,
  type OrganizationRow_OrganizationFragment,
} from "../../../gql/documents";
import { Money } from "../../../ui/Figures";
import { Instant } from "../../../ui/Instant";
import { Meter } from "../../../ui/Meter";
import { Status } from "../../../ui/Status";
import { Cell, Row } from "../../../ui/Table";
import { countedOverage, mostUsed } from "./allowance-words";
import classes from "./OrganizationRow.module.css";

/** One line of the list of organizations. */
export function OrganizationRow({
  organization: from,
}: {
  readonly organization: FragmentType<OrganizationRow_OrganizationFragment>;
}) {
  const { data, complete } = useFragment({ fragment: OrganizationRow_OrganizationFragmentDoc, from });
  if (!complete) return null;
  const { subscription, upcomingInvoice } = data;
  const { label, tone } = STATUSES[subscription.status];
  const isChanging = subscription.status === "TRIALING" || subscription.cancelAt !== null;
  return (
    <Row>
      <Cell column="name" head>
        <Anchor component={Link} to={organizationUrl(data.id)} fz="sm" fw={600}>
          {data.name}
        </Anchor>
      </Cell>
      <Cell column="plan">{subscription.plan.name}</Cell>
      <Cell column="status">
        <Status tone={tone}>{label}</Status>
        {isChanging && (
          <Text size="xs" c="dimmed" className={classes.next}>
            {nextStep(subscription)}
          </Text>
        )}
      </Cell>
      <Cell column="allowance">
        <Allowance quotas={data.quotas} />
      </Cell>
      <Cell column="overage">
        <Money value={countedOverage(data.usage.meters)} as="brief" />
      </Cell>
      <Cell column="upcoming">
        {upcomingInvoice ? (
          <Money value={upcomingInvoice.total} estimated={upcomingInvoice.lines.some(({ estimated }) => estimated)} />
        ) : (
          "Nothing"
        )}
      </Cell>
      <Cell column="created">
        <Instant at={data.createdAt} as="day" />
      </Cell>
    </Row>
  );
}

function Allowance({ quotas }: { quotas: OrganizationRow_OrganizationFragment["quotas"] }) {
  const most = mostUsed(quotas);
  if (!most) return <span className={classes.unlimited}>Unlimited</span>;
  const isHard = quotas.some(({ limitKind }) => limitKind === "HARD");
  return (
    <span className={classes.allowance}>
      {most.words}
      <Meter label="Most used allowance" text={most.words} share={most.share} hard={isHard} />
    </span>
  );
}
