import { Anchor, Text } from "@mantine/core";
import { IconRepeatOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { STATUSES } from "../../../features/billing/subscription-words";
import { organizationUrl } from "../../../features/organizations/urls";
import { SubscriptionsDocument, type SubscriptionsQuery } from "../../../gql/documents";
import { formatDay } from "../../../lib/instant";
import { plural } from "../../../lib/quantity";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { CopyText } from "../../../ui/CopyText";
import { NoMatch, NothingFurther } from "../../../ui/EmptyList";
import { EmptyState } from "../../../ui/EmptyState";
import { Money } from "../../../ui/Figures";
import { Instant } from "../../../ui/Instant";
import { Pager } from "../../../ui/Pager";
import { Status } from "../../../ui/Status";
import { Cell, Row, Table } from "../../../ui/Table";
import classes from "./Subscriptions.module.css";
import { chipsOf, NO_FILTER, type SetView, type SubscriptionsView, variablesOf } from "./subscriptions-view";

const COLUMNS = [
  { key: "organization", label: "Organization" },
  { key: "plan", label: "Plan", phone: "bare" },
  { key: "status", label: "Status", phone: "bare" },
  { key: "ends", label: "Period ends", phone: "none" },
  { key: "charge", label: "Next charge", numeric: true, phone: "first" },
  { key: "paid", label: "Paid by", phone: "none" },
  { key: "stripe", label: "At Stripe", phone: "none" },
] as const;

type Props = { readonly view: SubscriptionsView; readonly setView: SetView };
type Entry = SubscriptionsQuery["subscriptions"]["nodes"][number];

/** A page of the subscriptions under the filters in force. */
export function SubscriptionsTable({ view, setView }: Props) {
  const { data, isStale } = useRegionQuery(SubscriptionsDocument, variablesOf(view), { pollMs: 30_000 });
  const { nodes, pageInfo } = data.subscriptions;
  if (nodes.length === 0) {
    return (
      <Card title="Subscriptions">
        <Nothing view={view} setView={setView} />
      </Card>
    );
  }
  return (
    <Card title="Last begun first" flush>
      <Table caption="Subscriptions" columns={COLUMNS} isStale={isStale}>
        {nodes.map((entry) => (
          <SubscriptionRow key={entry.id} entry={entry} />
        ))}
      </Table>
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={plural(nodes.length, "subscription")}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
    </Card>
  );
}

function Nothing({ view, setView }: Props) {
  const chips = chipsOf(view, setView);
  if (chips.length > 0) {
    return (
      <NoMatch
        title="No subscription matches"
        icon={IconRepeatOff}
        onClear={() => setView({ ...NO_FILTER, after: null })}
      >
        {chips.map(({ label }) => label).join(", ")}
      </NoMatch>
    );
  }
  if (view.after !== null) return <NothingFurther onFirst={() => setView({ after: null })} />;
  return (
    <EmptyState title="No subscription yet" icon={IconRepeatOff}>
      The first one comes with the first paid plan.
    </EmptyState>
  );
}

function SubscriptionRow({ entry }: { entry: Entry }) {
  const { organization, plan, status, currentPeriodEnd, nextCharge, collection } = entry;
  return (
    <Row faded={status === "CANCELED"}>
      <Cell column="organization" head>
        <Anchor component={Link} to={organizationUrl(organization.id, "subscription")} fz="sm" fw={600}>
          {organization.name}
        </Anchor>
      </Cell>
      <Cell column="plan">{plan.name}</Cell>
      <Cell column="status">
        <Standing entry={entry} />
      </Cell>
      <Cell column="ends">
        <Instant at={currentPeriodEnd} as="day" zone="UTC" />
      </Cell>
      <Cell column="charge">{nextCharge ? <Money value={nextCharge} estimated /> : "Nothing"}</Cell>
      <Cell column="paid">{nextCharge === null ? "-" : collection === "CARD" ? "Card" : "Invoice"}</Cell>
      <Cell column="stripe">
        <AtStripe entry={entry} />
      </Cell>
    </Row>
  );
}

function Standing({ entry: { status, cancelAt, accessUntil } }: { entry: Entry }) {
  const { label, tone } = STATUSES[status];
  const next = accessUntil ? `Access until ${formatDay(accessUntil)}` : cancelAt ? `Ends ${formatDay(cancelAt)}` : null;
  return (
    <>
      <Status tone={tone}>{label}</Status>
      {next && (
        <Text size="xs" c="dimmed">
          {next}
        </Text>
      )}
    </>
  );
}

/** Where its copy is, and whether the two agree. */
function AtStripe({ entry: { stripeSubscriptionId, stripeUrl, drift } }: { entry: Entry }) {
  const short = stripeSubscriptionId && `${stripeSubscriptionId.slice(0, 12)}…`;
  return (
    <span className={classes.stripe}>
      {drift && <Status tone="bad">Differs</Status>}
      {stripeSubscriptionId && stripeUrl && (
        <Anchor href={stripeUrl} target="_blank" rel="noreferrer" fz="sm">
          {short}
        </Anchor>
      )}
      {stripeSubscriptionId && short && !stripeUrl && (
        <CopyText value={stripeSubscriptionId} label="Copy the id at Stripe">
          {short}
        </CopyText>
      )}
      {!stripeSubscriptionId && !drift && "-"}
    </span>
  );
}
