import { Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { ResendWebhookDocument, WebhookDeliveryDetailDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { useRegionQuery } from "../../lib/query";
import { CopyText } from "../../ui/CopyText";
import { Facts } from "../../ui/Facts";
import { never } from "../../ui/forms";
import { Instant } from "../../ui/Instant";
import { JsonBlock } from "../../ui/JsonBlock";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { Status } from "../../ui/Status";
import { DeliveryAttempts } from "./DeliveryAttempts";
import { DELIVERY_STATES } from "./webhook-words";

type Props = {
  readonly organizationId?: string | undefined;
  readonly id: string;
  /** Whether the endpoint is switched off. */
  readonly isOff: boolean;
};

/** One message: what was sent, what was answered in each try, and the way to send it again. */
export function DeliveryDetail({ organizationId, id, isOff }: Props) {
  const { data } = useRegionQuery(
    WebhookDeliveryDetailDocument,
    { organizationId: organizationId ?? null, id },
    { pollMs: 2_000 },
  );
  const { webhookDelivery: delivery } = data.organization;
  const [refusal, setRefusal] = useState<string | null>(null);
  const { run, isRunning, fault } = useAct(ResendWebhookDocument, {
    refetch: ["WebhookDeliveryDetail", "WebhookDeliveries"],
  });
  if (!delivery) return <Notice tone="info">There is no such message any more.</Notice>;

  const resend = async () => {
    setRefusal(null);
    const answer = (await run({ input: { deliveryId: id } }))?.resendWebhook;
    switch (answer?.__typename) {
      case undefined:
      case "WebhookDelivery":
        return;
      case "WebhookEndpointDisabled":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  const { label, tone, means } = DELIVERY_STATES[delivery.state];
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} mb={4}>
          {delivery.type}
        </Title>
        <Status tone={tone}>{label}</Status>
        <Text size="sm" c="dimmed" mt={4}>
          {means}
        </Text>
      </div>
      <Facts
        facts={[
          ["webhook-id", <CopyText key="id" value={delivery.messageId} label="Copy the id of the message" />],
          ["Published", <Instant key="created" at={delivery.createdAt} as="exact" real />],
          ...(delivery.nextTryAt === null
            ? []
            : [["Next try", <Instant key="next" at={delivery.nextTryAt} as="exact" real />] as const]),
        ]}
      />
      <FaultNotice fault={fault} />
      {refusal !== null && (
        <Notice tone="bad" live>
          {refusal}
        </Notice>
      )}
      <Group>
        <MayButton
          permission="keys:write"
          variant="default"
          loading={isRunning}
          disabled={isOff}
          onClick={() => void resend()}
        >
          {delivery.state === "PENDING" ? "Try now" : "Send again"}
        </MayButton>
        {isOff && (
          <Text size="sm" c="dimmed">
            The endpoint is off: nothing can be sent to it.
          </Text>
        )}
      </Group>
      <DeliveryAttempts attempts={delivery.attempts} />
      <JsonBlock title="Request body" value={parsed(delivery.body)} exact={delivery.body} />
    </Stack>
  );
}

/** What was sent is JSON; were it not, it would be shown as it is. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
