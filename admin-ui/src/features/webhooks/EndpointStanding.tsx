import { Group, Stack } from "@mantine/core";
import type { WebhookEndpointFragment } from "../../gql/documents";
import { formatInstant } from "../../lib/instant";
import { usePreferences } from "../../lib/preferences";
import { Card } from "../../ui/Card";
import { Facts } from "../../ui/Facts";
import { Instant } from "../../ui/Instant";
import { Notice } from "../../ui/Notice";
import { Status } from "../../ui/Status";
import { EventNames } from "./EventNames";
import { RevealSecret } from "./RevealSecret";
import { dayWords, endpointState, whyOff } from "./webhook-words";

/** How an endpoint does, and what it is told. */
export function EndpointStanding({ endpoint }: { readonly endpoint: WebhookEndpointFragment }) {
  const { zone } = usePreferences();
  return (
    <Stack gap="md">
      {endpoint.disabledAt !== null && (
        <Notice tone="warn" title="Nothing is sent to this endpoint">
          {whyOff(endpoint.disabledBecause)} What happens meanwhile is not kept for it. Once it is on again, what was
          given up below can be sent again.
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
            ["State", <State key="state" endpoint={endpoint} />],
            ["Last 24 hours", dayWords(endpoint.lastDay)],
            ["Told of", <EventNames key="events" events={endpoint.events} />],
            ["Signing secret", <RevealSecret key="secret" endpointId={endpoint.id} />],
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

function State({ endpoint }: { endpoint: WebhookEndpointFragment }) {
  const { label, tone, means } = endpointState(endpoint);
  return (
    <Group gap="xs">
      <Status tone={tone} title={means}>
        {label}
      </Status>
      {endpoint.disabledAt === null && endpoint.failingSince !== null && (
        <span>
          since <Instant at={endpoint.failingSince} as="relative" real />
        </span>
      )}
    </Group>
  );
}
