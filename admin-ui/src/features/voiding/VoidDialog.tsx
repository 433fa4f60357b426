import { useApolloClient } from "@apollo/client/react";
import { List, Stack, Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { OpenBillDocument, type VoidEventQuery, VoidUsageDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { formatAmount } from "../../lib/money";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { consequencesOf } from "./void-words";

/** All that shows the event, or what later events became without it. */
const AFFECTED = [
  "VoidEvent",
  "UsageEventDetail",
  "UsageEventsPanel",
  "QuotasPanel",
  "UpcomingInvoice",
  "UsageSummary",
  "UsageByDay",
];

const LONGEST = 500;

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly organizationId: string;
  readonly event: VoidEventQuery["organization"]["usageEvent"];
  readonly currentPeriodStart: string;
};

/** Says what voiding an event changes, asks for the reason, and tells afterwards what became of the bill. */
export function VoidDialog({ opened, onClose, organizationId, event, currentPeriodStart }: Props) {
  const { run, isRunning, fault } = useAct(VoidUsageDocument, { refetch: AFFECTED });
  const openBill = useOpenBill(organizationId);
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  const voidIt = async () => {
    if (reason.trim() === "") {
      setWrong("Say why the event is wrong");
      field.current?.focus();
      return;
    }
    const before = await openBill();
    const input = { organizationId, idempotencyKey: event.idempotencyKey, reason: reason.trim() };
    const answer = (await run({ input }))?.voidUsage;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "UsageEvent": {
        onClose();
        const after = await openBill();
        return toastDone(`${event.idempotencyKey} was voided. ${change(before, after)}`);
      }
      case "AlreadyVoided":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Void the event ${event.idempotencyKey}`}
      verb="Void the event"
      onConfirm={() => void voidIt()}
      isRunning={isRunning}
      fault={fault}
      isReady={refusal === null}
    >
      <Stack gap="md">
        <List size="sm" spacing={4}>
          {consequencesOf(event, currentPeriodStart).map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
        <Textarea
          ref={field}
          label="Reason"
          description="Kept with the event and in the audit log; the customer can read it."
          rows={3}
          maxLength={LONGEST}
          value={reason}
          error={wrong}
          onChange={({ currentTarget }) => {
            setReason(currentTarget.value);
            setWrong(null);
          }}
        />
        {refusal && (
          <Notice tone="bad" live>
            {refusal}
          </Notice>
        )}
      </Stack>
    </ConfirmDialog>
  );
}

/** The total of the open bill at this moment, in words; null where it cannot be had. */
function useOpenBill(organizationId: string): () => Promise<string | null> {
  const client = useApolloClient();
  return async () => {
    try {
      const variables = { organizationId };
      const { data } = await client.query({ query: OpenBillDocument, variables, fetchPolicy: "network-only" });
      const total = data?.organization.upcomingInvoice?.total;
      return total ? formatAmount(total) : null;
    } catch {
      return null;
    }
  };
}

function change(before: string | null, after: string | null): string {
  if (before === null || after === null) return "";
  return before === after ? `The open bill stays ${after}.` : `The open bill went from ${before} to ${after}.`;
}
