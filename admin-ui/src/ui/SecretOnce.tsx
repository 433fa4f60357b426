import { Button, Group, Modal, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { CopyField } from "./CopyField";
import { Notice } from "./Notice";

type Props = {
  readonly secret: string;
  readonly title: string;
  /** What is needed when it is lost: "Then you need a new key." */
  readonly whenLost: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** How it is used. */
  readonly children?: ReactNode;
};

/** A secret over the page, shown this once; it lives in memory only. Closing before copying asks once. */
export function SecretOnce({ secret, title, whenLost, opened, onClose, children }: Props) {
  const [isCopied, setCopied] = useState(false);
  const [warned, setWarned] = useState(false);
  const isWarning = warned && !isCopied;
  const close = () => {
    if (isCopied || warned) return onClose();
    setWarned(true);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="md">
        <Notice tone="warn">Copy the secret now and store it. It cannot be shown again.</Notice>
        <CopyField label="Secret" value={secret} onCopied={() => setCopied(true)} />
        {children}
        {isWarning && (
          <Notice tone="bad" live>
            You have not copied the secret. Close all the same? {whenLost}
          </Notice>
        )}
        <Group justify="flex-end">
          <Button onClick={close}>{isWarning ? "Close without copying" : "I stored it"}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
