import { Anchor, Text } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { type WebhookEndpointFragment, WebhookEndpointsDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { EventNames } from "./EventNames";
import { webhookUrl } from "./urls";
import { dayWords, endpointState } from "./webhook-words";

const COLUMNS = [
  { key: "url", label: "Endpoint" },
  { key: "events", label: "Told of" },
  { key: "day", label: "Last 24 hours" },
  { key: "state", label: "State", phone: "first" },
] as const;

type Props = {
  readonly organizationId?: string | undefined;
  /** The next step where there is no endpoint. */
  readonly empty?: ReactNode;
};

/** Where an organization's servers take news, and how each does. */
export function EndpointsPanel(props: Props) {
  return (
    <Card title="Endpoints" flush>
      <Region name="The endpoints" skeleton={<TableSkeleton rows={3} />}>
        <Endpoints {...props} />
      </Region>
    </Card>
  );
}

function Endpoints({ organizationId, empty }: Props) {
  const { data } = useRegionQuery(
    WebhookEndpointsDocument,
    { organizationId: organizationId ?? null },
    { pollMs: 15_000 },
  );
  const { webhookEndpoints: endpoints } = data.organization;
  if (endpoints.length === 0) {
    return (
      <EmptyState title="No endpoint yet" icon={IconWebhook} action={empty}>
        {organizationId === undefined
          ? "Add the URL of a server of yours and choose what it is told. You get a secret to check the messages with, and a test button."
          : "The customer has no server that is told anything."}
      </EmptyState>
    );
  }
  return (
    <Table caption="Webhook endpoints" columns={COLUMNS}>
      {endpoints.map((endpoint) => (
        <EndpointRow key={endpoint.id} endpoint={endpoint} href={webhookUrl(endpoint.id, organizationId)} />
      ))}
    </Table>
  );
}

function EndpointRow({ endpoint, href }: { endpoint: WebhookEndpointFragment; href: string }) {
  const { label, tone, means } = endpointState(endpoint);
  return (
    <Row faded={endpoint.disabledAt !== null}>
      <Cell column="url" head>
        <Anchor component={Link} to={href} fz="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {endpoint.url}
        </Anchor>
        {endpoint.description !== "" && (
          <Text size="xs" c="dimmed" fw={400} style={{ overflowWrap: "anywhere" }}>
            {endpoint.description}
          </Text>
        )}
      </Cell>
      <Cell column="events">
        <EventNames events={endpoint.events} />
      </Cell>
      <Cell column="day">{dayWords(endpoint.lastDay)}</Cell>
      <Cell column="state">
        <Status tone={tone} title={means}>
          {label}
        </Status>
      </Cell>
    </Row>
  );
}
