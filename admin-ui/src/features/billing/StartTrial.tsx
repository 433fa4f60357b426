import { List, Radio, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { StartTrialDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED_BY_PLAN } from "./affected";

const PLANS = [
  { value: "STARTER", label: "Starter" },
  { value: "PROFESSIONAL", label: "Professional" },
] as const;

/** Starts the one trial an organization has, after saying what follows. */
export function StartTrial() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const [plan, setPlan] = useState<"STARTER" | "PROFESSIONAL">("PROFESSIONAL");
  const [refusal, setRefusal] = useState<string | null>(null);
  const { run, isRunning, fault } = useAct(StartTrialDocument, { refetch: AFFECTED_BY_PLAN });

  const start = async () => {
    const answer = (await run({ input: { plan } }))?.startTrial;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription":
        close();
        return toastDone("The trial has started.");
      case "TrialAlreadyUsed":
      case "AlreadyOnPlan":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <>
      <MayButton permission="billing:write" onClick={open}>
        Start the 14-day trial
      </MayButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title="Start the 14-day trial"
        verb="Start the trial"
        dangerous={false}
        onConfirm={() => void start()}
        isRunning={isRunning}
        fault={fault}
        isReady={refusal === null}
      >
        <Stack gap="md">
          <List size="sm" spacing={4}>
            <List.Item>Unlimited usage and the features of Professional, from now on for 14 days.</List.Item>
            <List.Item>
              No card. Usage during the trial is recorded and rated at zero: nothing is billed for it.
            </List.Item>
            <List.Item>An organization has one trial. It ends by itself.</List.Item>
          </List>
          <Radio.Group
            label="The plan you would go on with"
            value={plan}
            onChange={(value) => setPlan(value === "STARTER" ? "STARTER" : "PROFESSIONAL")}
          >
            <Stack gap={6} mt={6}>
              {PLANS.map(({ value, label }) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Stack>
          </Radio.Group>
          <Text size="sm">
            On day 15 that plan follows when there is a payment method, otherwise Free. You are never billed by
            surprise.
          </Text>
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
