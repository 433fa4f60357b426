import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { RetryStripeCallDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { CopyText } from "../../ui/CopyText";
import { Facts } from "../../ui/Facts";
import { Instant } from "../../ui/Instant";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { Status } from "../../ui/Status";
import { toastDone } from "../../ui/toasts";
import { organizationUrl } from "../organizations/urls";
import { JsonBlock } from "../../ui/JsonBlock";
import type { Call } from "./traffic-view";
import { CALL_STATES, canRetryCall } from "./traffic-words";

/** One call: what was asked, what Stripe said, and the way to ask again. */
export function StripeCallDetail({ call }: { readonly call: Call | undefined }) {
  const { run, isRunning, fault } = useAct(RetryStripeCallDocument, { refetch: ["StripeCalls"] });
  if (!call) return <Notice tone="info">This call is not on the page that is shown. Go to its page to open it.</Notice>;
  const { label, tone, means } = CALL_STATES[call.state];
  const retry = async () => {
    const answer = (await run({ input: { organizationId: call.organization.id, id: call.id } }))?.retryStripeCall;
    if (answer) toastDone(`${answer.kind} was asked again: ${CALL_STATES[answer.state].label.toLowerCase()}.`);
  };
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} mb={4}>
          {call.kind}
        </Title>
        <Status tone={tone}>{label}</Status>
        <Text size="sm" c="dimmed" mt={4}>
          {means}
        </Text>
      </div>
      {call.lastError !== null && (
        <Notice tone={call.state === "PENDING" ? "warn" : "bad"} title="Stripe's words, or what was in the way">
          {call.lastError}
        </Notice>
      )}
      <Facts
        facts={[
          [
            "Organization",
            <Anchor key="organization" component={Link} to={organizationUrl(call.organization.id)} fz="sm">
              {call.organization.name}
            </Anchor>,
          ],
          ["Intent", <CopyText key="key" value={call.key} label="Copy the key of the intent" />],
          [
            "Result",
            call.resultId ? <CopyText key="result" value={call.resultId} label="Copy the id at Stripe" /> : "-",
          ],
          ["Tries", call.attempts],
          ["Decided", <Instant key="created" at={call.createdAt} as="exact" zone="UTC" />],
          ["Done", call.doneAt ? <Instant key="done" at={call.doneAt} as="exact" zone="UTC" /> : "Not yet"],
          ...(call.state === "PENDING"
            ? [["Next try", <Instant key="next" at={call.nextTryAt} as="exact" zone="UTC" />] as const]
            : []),
        ]}
      />
      <FaultNotice fault={fault} />
      {canRetryCall(call.state) && (
        <Group>
          <MayButton permission="staff:money" variant="default" loading={isRunning} onClick={() => void retry()}>
            Ask again
          </MayButton>
        </Group>
      )}
      <JsonBlock title="What is asked" value={call.params} />
    </Stack>
  );
}
