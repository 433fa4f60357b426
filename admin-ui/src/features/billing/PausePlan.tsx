import { List, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { PauseSubscriptionDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED_BY_PLAN } from "./affected";

/** Pauses the plan after saying what stops. */
export function PausePlan({ plan }: { readonly plan: string }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { run, isRunning, fault } = useAct(PauseSubscriptionDocument, { refetch: AFFECTED_BY_PLAN });

  const pause = async () => {
    const answer = (await run({ input: {} }))?.pauseSubscription;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription":
        close();
        return toastDone(`${plan} is paused.`);
      case "NothingToPause":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <>
      <MayButton permission="billing:write" variant="default" onClick={open}>
        Pause
      </MayButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={`Pause ${plan}`}
        verb="Pause the plan"
        onConfirm={() => void pause()}
        isRunning={isRunning}
        fault={fault}
        isReady={refusal === null}
      >
        <Stack gap="md">
          <List size="sm" spacing={4}>
            <List.Item>
              At once no new work is allowed and no usage is accepted: requests that record it are refused.
            </List.Item>
            <List.Item>
              No fee is charged while the plan is paused. What was paid for the running period stays paid.
            </List.Item>
            <List.Item>
              Keys, members, invoices and recorded usage stay as they are. You can resume at any time.
            </List.Item>
          </List>
          {refusal && (
            <Notice tone="bad" live>
              {refusal}
            </Notice>
          )}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
