import { List, Stack } from "@mantine/core";
import { useState } from "react";
import { ResumeSubscriptionDocument, type SubscriptionActs_SubscriptionFragment } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED, resumeWords } from "./subscription-act-words";

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly organization: { readonly id: string; readonly name: string };
  readonly subscription: SubscriptionActs_SubscriptionFragment;
};

/** Ends a pause, or takes back what is scheduled for a customer's plan. */
export function ResumeDialog({ opened, onClose, organization: { id, name }, subscription }: Props) {
  const { run, isRunning, fault } = useAct(ResumeSubscriptionDocument, { refetch: AFFECTED });
  const [refusal, setRefusal] = useState<string | null>(null);
  const { label, consequences } = resumeWords(subscription);
  const resume = async () => {
    const answer = (await run({ input: { organizationId: id } }))?.resumeSubscription;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription":
        onClose();
        return toastDone(`${subscription.plan.name} of ${name} goes on.`);
      case "NothingToCancel":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`${label}: ${name}`}
      verb={label}
      dangerous={false}
      onConfirm={() => void resume()}
      isRunning={isRunning}
      fault={fault}
      isReady={refusal === null}
    >
      <Stack gap="md">
        <List size="sm" spacing={4}>
          {consequences.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
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
