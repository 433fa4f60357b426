import { List, Stack } from "@mantine/core";
import { useState } from "react";
import { PauseSubscriptionDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED } from "./subscription-act-words";

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly organization: { readonly id: string; readonly name: string };
  readonly plan: string;
};

/** Pauses a customer's plan after saying what stops for them. */
export function PauseDialog({ opened, onClose, organization: { id, name }, plan }: Props) {
  const { run, isRunning, fault } = useAct(PauseSubscriptionDocument, { refetch: AFFECTED });
  const [refusal, setRefusal] = useState<string | null>(null);
  const pause = async () => {
    const answer = (await run({ input: { organizationId: id } }))?.pauseSubscription;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription":
        onClose();
        return toastDone(`${plan} of ${name} is paused.`);
      case "NothingToPause":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Pause ${plan} of ${name}`}
      verb="Pause the plan"
      onConfirm={() => void pause()}
      isRunning={isRunning}
      fault={fault}
      isReady={refusal === null}
    >
      <Stack gap="md">
        <List size="sm" spacing={4}>
          <List.Item>At once no usage of {name} is accepted: requests that record it are refused.</List.Item>
          <List.Item>No fee falls due until the pause ends. What was paid for the running period stays paid.</List.Item>
          <List.Item>
            Keys, members, invoices and recorded usage stay. The customer sees that the plan is paused.
          </List.Item>
        </List>
        {refusal !== null && (
          <Notice tone="bad" live>
            {refusal}
          </Notice>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
