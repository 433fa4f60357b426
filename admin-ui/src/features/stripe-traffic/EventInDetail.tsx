import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { RetryStripeEventDocument, StripeEventDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { useRegionQuery } from "../../lib/query";
import { CopyText } from "../../ui/CopyText";
import { Facts } from "../../ui/Facts";
import { Instant } from "../../ui/Instant";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { Status } from "../../ui/Status";
import { toastDone } from "../../ui/toasts";
import { organizationUrl } from "../organizations/urls";
import { JsonBlock } from "../../ui/JsonBlock";
import { canRetryEvent, EVENT_STATES } from "./traffic-words";

/** One event as it came, what became of it, and the way to work it again. */
export function EventInDetail({ id }: { readonly id: string }) {
  const { stripeEvent: event } = useRegionQuery(StripeEventDocument, { id }, { pollMs: 5_000 }).data;
  const { run, isRunning, fault } = useAct(RetryStripeEventDocument, { refetch: ["StripeEvent", "StripeEvents"] });
  const { label, tone, means } = EVENT_STATES[event.state];
  const retry = async () => {
    const answer = (await run({ input: { id } }))?.retryStripeEvent;
    if (answer) toastDone(`${answer.type} is worked again: ${EVENT_STATES[answer.state].label.toLowerCase()}.`);
  };
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} mb={4}>
          {event.type}
        </Title>
        <Status tone={tone}>{label}</Status>
        <Text size="sm" c="dimmed" mt={4}>
          {means}
        </Text>
      </div>
      {event.lastError !== null && (
        <Notice tone="bad" title={`After ${event.attempts === 1 ? "one try" : `${event.attempts} tries`}`}>
          {event.lastError}
        </Notice>
      )}
      <Facts
        facts={[
          ["Event", <CopyText key="id" value={event.id} label="Copy the id of the event" />],
          [
            `About (${event.objectKind})`,
            <CopyText key="object" value={event.objectId} label="Copy the id of the object" />,
          ],
          [
            "Organization",
            event.organization ? (
              <Anchor key="organization" component={Link} to={organizationUrl(event.organization.id)} fz="sm">
                {event.organization.name}
              </Anchor>
            ) : (
              "Not known"
            ),
          ],
          ["At Stripe", <Instant key="created" at={event.createdAt} as="exact" zone="UTC" />],
          ["Received", <Instant key="received" at={event.receivedAt} as="exact" zone="UTC" />],
          [
            "Handled",
            event.handledAt ? <Instant key="handled" at={event.handledAt} as="exact" zone="UTC" /> : "Not yet",
          ],
          ["API version", event.apiVersion ?? "-"],
        ]}
      />
      <FaultNotice fault={fault} />
      {canRetryEvent(event.state) && (
        <Group>
          <MayButton permission="staff:money" variant="default" loading={isRunning} onClick={() => void retry()}>
            Work it again
          </MayButton>
        </Group>
      )}
      <JsonBlock title="Payload" value={event.payload} />
    </Stack>
  );
}
