import { Anchor, Group, Text, Title } from "@mantine/core";
import { Link, useNavigate, useParams } from "react-router";
import { EndpointPanel } from "../../../features/webhooks/EndpointPanel";
import { webhooksUrl } from "../../../features/webhooks/urls";
import { useEndpointActs } from "../../../features/webhooks/use-endpoint-acts";
import { hostOf } from "../../../features/webhooks/webhook-words";
import { DELIVERIES_URL } from "../../../features/webhooks/deliveries-view";
import { WebhookEndpointsDocument, type WebhookEndpointFragment } from "../../../gql/documents";
import { useRegionQuery } from "../../../lib/query";
import { useUrlState } from "../../../lib/url-state";
import { EmptyState } from "../../../ui/EmptyState";
import { Region } from "../../../ui/Region";
import { CardSkeleton } from "../../../ui/Skeletons";
import { useOrganizationId } from "./use-organization-id";

/** One endpoint of the customer's with its log, as they see it themselves. Staff look; owners and admins change. */
export function WebhookTab() {
  const organizationId = useOrganizationId();
  const { endpointId = "" } = useParams();
  return (
    <Region key={endpointId} name="The endpoint" skeleton={<CardSkeleton height={320} />}>
      <Loaded organizationId={organizationId} endpointId={endpointId} />
    </Region>
  );
}

function Loaded({ organizationId, endpointId }: { organizationId: string; endpointId: string }) {
  const { data } = useRegionQuery(WebhookEndpointsDocument, { organizationId }, { pollMs: 10_000 });
  const endpoint = data.organization.webhookEndpoints.find(({ id }) => id === endpointId);
  if (endpoint) return <Shown organizationId={organizationId} endpoint={endpoint} />;
  return (
    <EmptyState
      title="There is no such endpoint"
      action={
        <Anchor component={Link} to={webhooksUrl(organizationId)}>
          All endpoints
        </Anchor>
      }
    >
      It may have been deleted, with its log.
    </EmptyState>
  );
}

function Shown({ organizationId, endpoint }: { organizationId: string; endpoint: WebhookEndpointFragment }) {
  const navigate = useNavigate();
  const { setView } = useUrlState(DELIVERIES_URL);
  const { buttons, dialogs } = useEndpointActs({
    endpoint,
    onTested: (open) => setView({ open }),
    onDeleted: () => void navigate(webhooksUrl(organizationId)),
  });
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Anchor component={Link} to={webhooksUrl(organizationId)} size="sm">
            All endpoints
          </Anchor>
          <Title order={2} style={{ overflowWrap: "anywhere" }}>
            {hostOf(endpoint.url)}
          </Title>
          {endpoint.description !== "" && <Text c="dimmed">{endpoint.description}</Text>}
        </div>
        <Group gap="sm">{buttons}</Group>
      </Group>
      {dialogs}
      <EndpointPanel organizationId={organizationId} endpoint={endpoint} />
    </>
  );
}
