import { Code, Group, Stack } from "@mantine/core";
import { Suspense, useState } from "react";
import { useNavigate, useParams } from "react-router";
import {
  TestWebhookEndpointDocument,
  WebhookEndpointsDocument,
  type WebhookEndpointFragment,
} from "../../gql/documents";
import { useAct } from "../../lib/act";
import { usePreferences } from "../../lib/preferences";
import { formatInstant } from "../../lib/instant";
import { AttemptContext, useRegionQuery } from "../../lib/query";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { NotFoundPage } from "../../ui/Dead";
import { Facts } from "../../ui/Facts";
import { never } from "../../ui/forms";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Instant } from "../../ui/Instant";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { Boundary, Region } from "../../ui/Region";
import { RegionError } from "../../ui/RegionError";
import { RowMenu } from "../../ui/RowMenu";
import { PageSkeleton, TableSkeleton } from "../../ui/Skeletons";
import { Status } from "../../ui/Status";
import { DELIVERIES_URL } from "./deliveries-view";
import { DeliveriesTable, DeliveryFilter } from "./DeliveriesTable";
import { EditEndpointDialog } from "./EditEndpointDialog";
import { type EndpointAct, EndpointActs } from "./EndpointActs";
import { webhooksUrl } from "./urls";
import { dayWords, endpointState, whyOff } from "./webhook-words";

const TRAIL = [{ label: "Webhooks", to: webhooksUrl() }];

/** One endpoint: how it does, what was sent to it, and what can be done about it. */
export function WebhookPage() {
  const { id = "" } = useParams();
  const [attempt, setAttempt] = useState(0);
  return (
    <AttemptContext value={attempt}>
      <Boundary
        key={`${id} ${attempt}`}
        fallback={(error) => (
          <Page title="Endpoint" trail={TRAIL}>
            <RegionError name="The endpoint" error={error} onRetry={() => setAttempt(attempt + 1)} />
          </Page>
        )}
      >
        <Suspense fallback={<PageSkeleton />}>
          <Loaded id={id} />
        </Suspense>
      </Boundary>
    </AttemptContext>
  );
}

function Loaded({ id }: { id: string }) {
  const { data } = useRegionQuery(WebhookEndpointsDocument, {}, { pollMs: 10_000 });
  const endpoint = data.organization.webhookEndpoints.find((each) => each.id === id);
  return endpoint ? <Shown endpoint={endpoint} /> : <NotFoundPage home={webhooksUrl()} />;
}

function Shown({ endpoint }: { endpoint: WebhookEndpointFragment }) {
  const navigate = useNavigate();
  const { view, setView, hrefWith, ignored } = useUrlState(DELIVERIES_URL);
  const [act, setAct] = useState<EndpointAct | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { run, isRunning, fault } = useAct(TestWebhookEndpointDocument, {
    refetch: ["WebhookDeliveries", "WebhookEndpoints"],
  });
  const isOff = endpoint.disabledAt !== null;

  const sendTest = async () => {
    setRefusal(null);
    const answer = (await run({ input: { id: endpoint.id } }))?.testWebhookEndpoint;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "WebhookDelivery":
        return setView({ open: answer.id });
      case "WebhookEndpointDisabled":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <Page
      title={new URL(endpoint.url).host}
      trail={TRAIL}
      state={endpoint.description === "" ? undefined : endpoint.description}
      actions={
        <>
          <MayButton permission="keys:write" loading={isRunning} disabled={isOff} onClick={() => void sendTest()}>
            Send a test
          </MayButton>
          <MayButton permission="keys:write" variant="default" onClick={() => setAct("edit")}>
            Edit
          </MayButton>
          <RowMenu
            label="More actions for the endpoint"
            permission="keys:write"
            items={[
              { label: "Rotate the secret", onClick: () => setAct("rotate") },
              { label: isOff ? "Switch on" : "Switch off", onClick: () => setAct(isOff ? "on" : "off") },
              { label: "Delete", onClick: () => setAct("delete"), dangerous: true },
            ]}
          />
        </>
      }
    >
      <IgnoredParameters names={ignored} />
      <FaultNotice fault={fault} />
      {refusal !== null && (
        <Notice tone="bad" live>
          {refusal}
        </Notice>
      )}
      <Standing endpoint={endpoint} />
      <Stack gap="md">
        <DeliveryFilter view={view} setView={setView} />
        <Card title="Messages, newest first" description="Kept for 60 days" flush>
          <Region name="The messages" skeleton={<TableSkeleton />}>
            <DeliveriesTable endpointId={endpoint.id} isOff={isOff} view={view} setView={setView} hrefWith={hrefWith} />
          </Region>
        </Card>
      </Stack>
      <EditEndpointDialog endpoint={endpoint} opened={act === "edit"} onClose={() => setAct(null)} />
      <EndpointActs
        endpoint={endpoint}
        act={act}
        onClose={() => setAct(null)}
        onDeleted={() => void navigate(webhooksUrl())}
      />
    </Page>
  );
}

function Standing({ endpoint }: { endpoint: WebhookEndpointFragment }) {
  const { zone } = usePreferences();
  const { label, tone, means } = endpointState(endpoint);
  return (
    <Stack gap="md">
      {endpoint.disabledAt !== null && (
        <Notice tone="warn" title="Nothing is sent to this endpoint">
          {whyOff(endpoint.disabledBecause)} Switch it on again, and it gets what happens from then on; what it missed
          stands below and can be sent again.
        </Notice>
      )}
      {endpoint.previousSecretUntil !== null && (
        <Notice tone="info">
          Messages are signed by the old secret too until {formatInstant(endpoint.previousSecretUntil, zone)}.
        </Notice>
      )}
      <Card title="Endpoint">
        <Facts
          facts={[
            [
              "URL",
              <span key="url" style={{ overflowWrap: "anywhere" }}>
                {endpoint.url}
              </span>,
            ],
            [
              "State",
              <Group key="state" gap="xs">
                <Status tone={tone} title={means}>
                  {label}
                </Status>
                {endpoint.disabledAt === null && endpoint.failingSince !== null && (
                  <span>
                    since <Instant at={endpoint.failingSince} as="relative" real />
                  </span>
                )}
              </Group>,
            ],
            ["Last 24 hours", dayWords(endpoint.lastDay)],
            [
              "Told of",
              <span key="events">
                {endpoint.events.map((event) => (
                  <Code key={event} mr={4} style={{ display: "inline-block" }}>
                    {event}
                  </Code>
                ))}
              </span>,
            ],
            [
              "Added",
              <span key="added">
                <Instant at={endpoint.createdAt} as="day" real />
                {endpoint.createdBy && ` by ${endpoint.createdBy.email}`}
              </span>,
            ],
          ]}
        />
      </Card>
    </Stack>
  );
}
