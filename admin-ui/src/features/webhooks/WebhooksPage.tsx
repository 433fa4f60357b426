import { Anchor, Code, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconWebhook } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link, useNavigate } from "react-router";
import { WebhookEndpointsDocument, type WebhookEndpointFragment } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { MayButton } from "../../ui/MayButton";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { CreateEndpointDialog } from "./CreateEndpointDialog";
import { type NewSecret, SecretDialog } from "./SecretDialog";
import { webhookUrl } from "./urls";
import { dayWords, endpointState } from "./webhook-words";

/** Where your own servers take news. */
export function WebhooksPage() {
  const navigate = useNavigate();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [created, setCreated] = useState<NewSecret | null>(null);
  const create = (
    <MayButton permission="keys:write" onClick={open}>
      Add an endpoint
    </MayButton>
  );
  return (
    <Page
      title="Webhooks"
      state="We tell your servers what happens: alerts, invoices, changes of the plan."
      actions={create}
    >
      <Card title="Endpoints" flush>
        <Region name="The endpoints" skeleton={<TableSkeleton />}>
          <Endpoints empty={create} />
        </Region>
      </Card>
      <CreateEndpointDialog
        opened={isOpen}
        onClose={close}
        onCreated={(secret) => {
          close();
          setCreated(secret);
        }}
      />
      <SecretDialog
        created={created}
        onClose={() => {
          setCreated(null);
          if (created) void navigate(webhookUrl(created.id));
        }}
      />
    </Page>
  );
}

const COLUMNS = [
  { key: "url", label: "Endpoint" },
  { key: "events", label: "Told of" },
  { key: "day", label: "Last 24 hours" },
  { key: "state", label: "State", phone: "first" },
] as const;

function Endpoints({ empty }: { empty: ReactNode }) {
  const { data } = useRegionQuery(WebhookEndpointsDocument, {}, { pollMs: 15_000 });
  const { webhookEndpoints: endpoints } = data.organization;
  if (endpoints.length === 0) {
    return (
      <EmptyState title="No endpoint yet" icon={IconWebhook} action={empty}>
        Add the URL of a server of yours and choose what it is told. You get a secret to check the messages with, and a
        test button.
      </EmptyState>
    );
  }
  return (
    <Table caption="Webhook endpoints" columns={COLUMNS}>
      {endpoints.map((endpoint) => (
        <EndpointRow key={endpoint.id} endpoint={endpoint} />
      ))}
    </Table>
  );
}

function EndpointRow({ endpoint }: { endpoint: WebhookEndpointFragment }) {
  const { label, tone, means } = endpointState(endpoint);
  return (
    <Row faded={endpoint.disabledAt !== null}>
      <Cell column="url" head>
        <Anchor component={Link} to={webhookUrl(endpoint.id)} fz="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {endpoint.url}
        </Anchor>
        {endpoint.description !== "" && (
          <Text size="xs" c="dimmed" fw={400} style={{ overflowWrap: "anywhere" }}>
            {endpoint.description}
          </Text>
        )}
      </Cell>
      <Cell column="events">
        {endpoint.events.map((event) => (
          <Code key={event} mr={4} style={{ display: "inline-block" }}>
            {event}
          </Code>
        ))}
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
