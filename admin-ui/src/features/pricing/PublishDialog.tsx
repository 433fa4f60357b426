import { List, ScrollArea, Stack, Text } from "@mantine/core";
import type { Fault } from "../../lib/faults";
import { plural } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import type { PlanChange } from "./plan-diff";

type ChangesProps = {
  /** null while a field is wrong: then they are not known. */
  readonly changes: readonly PlanChange[] | null;
  readonly number: number;
};

/** What the next version changes, while it is being written. */
export function ChangesCard({ changes, number }: ChangesProps) {
  return (
    <Card title={`What version ${number} changes`}>
      {changes === null && <Text c="dimmed">A field is wrong; the changes show up when it is right.</Text>}
      {changes?.length === 0 && <Text c="dimmed">Nothing yet: it says what version {number - 1} says.</Text>}
      {changes !== null && changes.length > 0 && <Changes changes={changes} />}
    </Card>
  );
}

function Changes({ changes }: { changes: readonly PlanChange[] }) {
  return (
    <List size="sm" spacing={4} aria-label="Changes">
      {changes.map(({ label, before, after }) => (
        <List.Item key={label}>
          <strong>{label}</strong>: {before ?? "not there"} <span aria-label="becomes">→</span> {after ?? "gone"}
        </List.Item>
      ))}
    </List>
  );
}

type DialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly name: string;
  readonly number: number;
  readonly subscribers: number;
  readonly changes: readonly PlanChange[];
  readonly onConfirm: () => void;
  readonly isRunning: boolean;
  readonly fault: Fault | null;
};

/** Publishing is for good: the changes once more, who gets them and who does not, and a word to type. */
export function PublishDialog({ name, number, subscribers, changes, ...dialog }: DialogProps) {
  return (
    <ConfirmDialog {...dialog} title={`Publish ${name}, version ${number}`} verb="Publish" typed={`${name} ${number}`}>
      <Stack gap="md">
        <ScrollArea.Autosize mah={220} type="auto">
          <Changes changes={changes} />
        </ScrollArea.Autosize>
        <List size="sm" spacing={4}>
          <List.Item>New subscriptions get version {number} from now on.</List.Item>
          <List.Item>
            {subscribers === 0
              ? "Nobody has the plan now."
              : `${plural(subscribers, "subscriber")} of today keep${subscribers === 1 ? "s" : ""} the version they have.`}
          </List.Item>
          <List.Item>It cannot be changed or taken back; only a further version can follow.</List.Item>
        </List>
      </Stack>
    </ConfirmDialog>
  );
}
