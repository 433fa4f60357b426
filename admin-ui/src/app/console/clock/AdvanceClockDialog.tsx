import { useApolloClient, useQuery } from "@apollo/client/react";
import { List, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useMatch } from "react-router";
import { AdvanceSandboxClockDocument, PeriodEndDocument } from "../../../gql/documents";
import { useAct } from "../../../lib/act";
import { useTick } from "../../../lib/clock";
import { formatInstant } from "../../../lib/instant";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { toastDone } from "../../../ui/toasts";
import { readMoment, stepsFrom } from "./clock-steps";

type Props = { readonly opened: boolean; readonly onClose: () => void };

const CUSTOM = "custom";

/** Moves the sandbox's time forward, by a step or to a moment, after saying what that does. */
export function AdvanceClockDialog({ opened, onClose }: Props) {
  const client = useApolloClient();
  const { run, isRunning, fault } = useAct(AdvanceSandboxClockDocument);
  const now = useTick(10_000);
  const steps = stepsFrom(now, usePeriodOnScreen(opened));
  const [choice, setChoice] = useState("day");
  const [moment, setMoment] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const to = steps.find(({ value }) => value === choice)?.to ?? null;

  const advance = async () => {
    const read = to === null ? readMoment(moment, now) : { at: to };
    if ("fault" in read) return setWrong(read.fault);
    const answer = await run({ input: { to: read.at } });
    if (!answer) return;
    onClose();
    toastDone(`It is ${formatInstant(answer.advanceSandboxClock.now)} in the sandbox.`);
    // Periods may have rolled over anywhere: everything on the screen is asked for again.
    await client.refetchQueries({ include: "active" });
  };

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Advance the sandbox clock"
      verb="Advance"
      dangerous={false}
      onConfirm={() => void advance()}
      isRunning={isRunning}
      fault={fault}
    >
      <Stack gap="md">
        <Radio.Group label="By" value={choice} onChange={setChoice}>
          <Stack gap={8} mt={6}>
            {steps.map(({ value, label, to: at }) => (
              <Radio key={value} value={value} label={label} description={formatInstant(at)} />
            ))}
            <Radio value={CUSTOM} label="To another moment" />
          </Stack>
        </Radio.Group>
        {to === null && (
          <TextInput
            type="datetime-local"
            label="Moment (UTC)"
            value={moment}
            error={wrong}
            onChange={({ currentTarget }) => {
              setMoment(currentTarget.value);
              setWrong(null);
            }}
          />
        )}
        <List size="sm" spacing={4}>
          <List.Item>Time moves for all organizations, and never back.</List.Item>
          <List.Item>Periods and trials that end on the way end for good, in the order of time.</List.Item>
        </List>
        <Text size="sm" c="dimmed">
          Log-ins, keys and invitations keep to the real time.
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}

/** The running period of the organization whose pages are open, if one is. */
function usePeriodOnScreen(wanted: boolean): { organization: string; end: string } | null {
  const id = useMatch("/console/organizations/:id/*")?.params.id;
  const { data } = useQuery(PeriodEndDocument, { variables: { id: id ?? "" }, skip: !wanted || id === undefined });
  if (!data) return null;
  return { organization: data.organization.name, end: data.organization.subscription.currentPeriodEnd };
}
