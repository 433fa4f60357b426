import { List, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatInstant } from "../../../lib/instant";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import type { Advance } from "./advance";
import { readMoment, type Step } from "./clock-steps";

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly steps: readonly Step[];
  /** The product's time in milliseconds. */
  readonly now: number;
  readonly advance: Advance;
};

const CUSTOM = "custom";

/** Moves the sandbox's time forward, by a step or to a moment, after saying what that does. */
export function AdvanceClockDialog({ opened, onClose, steps, now, advance }: Props) {
  const [choice, setChoice] = useState(CUSTOM);
  const [moment, setMoment] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const to = steps.find(({ value }) => value === choice)?.to ?? null;

  const go = async () => {
    const read = to === null ? readMoment(moment, now) : { at: to };
    if ("fault" in read) return setWrong(read.fault);
    if (await advance.run(read.at)) onClose();
  };

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Advance the sandbox clock"
      verb="Advance"
      dangerous={false}
      onConfirm={() => void go()}
      isRunning={advance.target !== null}
      fault={advance.fault}
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
          <List.Item>
            Periods and trials that end on the way end for good, in the order of time; what is due is billed and
            charged.
          </List.Item>
        </List>
        <Text size="sm" c="dimmed">
          Log-ins, keys and invitations keep to the real time.
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
