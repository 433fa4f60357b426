import { List, Stack, Text, Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { ClearAlarmDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { toastDone } from "../../ui/toasts";
import { kindWords } from "./alarm-words";
import type { Alarm } from "./AlarmItem";

type Props = { readonly alarm: Alarm; readonly opened: boolean; readonly onClose: () => void };

/** Marks an alarm as seen to, with what was done about it. */
export function ClearAlarmDialog({ alarm, opened, onClose }: Props) {
  const { run, isRunning, fault } = useAct(ClearAlarmDocument, { refetch: ["Alarms", "HomeAlarms", "HomeBilling"] });
  const [note, setNote] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const clear = async () => {
    if (note.trim() === "") {
      setWrong("Say what was done about it");
      field.current?.focus();
      return;
    }
    if (!(await run({ input: { key: alarm.key, note: note.trim() } }))) return;
    onClose();
    toastDone("The alarm is cleared.");
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Clear the alarm: ${kindWords(alarm.kind)}`}
      verb="Clear"
      dangerous={false}
      onConfirm={() => void clear()}
      isRunning={isRunning}
      fault={fault}
    >
      <Stack gap="md">
        <Text size="sm">{alarm.message}</Text>
        <List size="sm" spacing={4}>
          <List.Item>It leaves the list. What it tells of stays as it is.</List.Item>
          <List.Item>It comes back when its cause does.</List.Item>
        </List>
        <Textarea
          ref={field}
          label="What was done"
          description="Kept in the audit log"
          rows={2}
          maxLength={500}
          value={note}
          error={wrong}
          onChange={({ currentTarget }) => {
            setNote(currentTarget.value);
            setWrong(null);
          }}
        />
      </Stack>
    </ConfirmDialog>
  );
}
