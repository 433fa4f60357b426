import { Code, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import {
  ResendWebhookDocument,
  WebhookDeliveryDetailDocument,
  type WebhookDeliveryDetailQuery,
} from "../../gql/documents";
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
import { DELIVERY_STATES } from "./webhook-words";

/** One message: what was sent, what was answered in each try, and the way to send it again. */
export function DeliveryDetail({ id, isOff }: { readonly id: string; readonly isOff: boolean }) {
  const { data } = useRegionQuery(WebhookDeliveryDetailDocument, { id }, { pollMs: 2_000 });
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
          ["Published", <Instant key="created" at={delivery.createdAt} as="exact" />],
          ...(delivery.nextTryAt === null
            ? []
            : [["Next try", <Instant key="next" at={delivery.nextTryAt} as="exact" />] as const]),
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
      </Group>
      <Attempts attempts={delivery.attempts} />
      <JsonBlock title="Request body" value={parsed(delivery.body)} />
    </Stack>
  );
}

type Attempt = NonNullable<WebhookDeliveryDetailQuery["organization"]["webhookDelivery"]>["attempts"][number];

function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <section aria-label="Tries">
      <Title order={3} mb="xs">
        Tries
      </Title>
      {attempts.length === 0 ? (
        <Text component="output" size="sm" c="dimmed">
          The first one is on its way.
        </Text>
      ) : (
        <Stack gap="md">
          {attempts.toReversed().map((attempt) => (
            <div key={attempt.number}>
              <Group gap="sm">
                <Status tone={attempt.error === null ? "good" : "bad"}>
                  {attempt.status === null ? "No answer" : `Answered ${attempt.status}`}
                </Status>
                <Text size="sm" c="dimmed">
                  Try {attempt.number}, <Instant at={attempt.at} as="exact" />, {attempt.durationMs} ms
                </Text>
              </Group>
              {attempt.error !== null && (
                <Text size="sm" mt={2}>
                  {attempt.error}
                </Text>
              )}
              {attempt.answer !== null && attempt.answer !== "" && (
                <Code block mt={4} style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
                  {attempt.answer}
                </Code>
              )}
            </div>
          ))}
        </Stack>
      )}
    </section>
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
