import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Fault } from "../lib/faults";
import { FaultNotice } from "./Notice";

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Act and object: "Revoke Production key". */
  readonly title: string;
  /** The verb on the button: "Revoke". */
  readonly verb: string;
  /** What follows, in two to four lines, and what does not. */
  readonly children: ReactNode;
  readonly onConfirm: () => void;
  readonly isRunning: boolean;
  readonly fault?: Fault | null;
  /** False while the consequence is not known: then nothing can be confirmed. */
  readonly isReady?: boolean;
  /** A word to type first, for what cannot be taken back. */
  readonly typed?: string | undefined;
  readonly dangerous?: boolean;
};

/** Asks before an act with consequences. The focus is on Cancel; Escape cancels. */
export function ConfirmDialog(props: Props) {
  const { opened, onClose, title } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <ConfirmBody {...props} />
    </Modal>
  );
}

function ConfirmBody({
  onClose,
  verb,
  children,
  onConfirm,
  isRunning,
  fault = null,
  isReady = true,
  typed,
  dangerous = true,
}: Props) {
  const [word, setWord] = useState("");
  const isTyped = typed === undefined || word.trim() === typed;
  return (
    <Stack gap="md">
      <div>{children}</div>
      {typed !== undefined && (
        <TextInput
          label={`Type ${typed} to confirm`}
          value={word}
          onChange={({ currentTarget }) => setWord(currentTarget.value)}
          autoComplete="off"
        />
      )}
      <FaultNotice fault={fault} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button
          {...(dangerous ? { color: "red.9" } : {})}
          onClick={onConfirm}
          loading={isRunning}
          disabled={!isReady || !isTyped}
        >
          {verb}
        </Button>
      </Group>
    </Stack>
  );
}
