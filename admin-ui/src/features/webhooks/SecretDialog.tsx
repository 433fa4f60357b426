import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { CopyField } from "../../ui/CopyField";
import { Notice } from "../../ui/Notice";
import { useLast } from "../../ui/use-last";

export type NewSecret = {
  /** The endpoint's. */
  readonly id: string;
  readonly secret: string;
  /** False after a rotation. */
  readonly isFirst: boolean;
};

type Props = { readonly created: NewSecret | null; readonly onClose: () => void };

/** Shows an endpoint's secret, this once. Closing before copying asks once. */
export function SecretDialog({ created, onClose }: Props) {
  const shown = useLast(created);
  return shown && <Dialog key={shown.secret} created={shown} opened={created !== null} onClose={onClose} />;
}

function Dialog({ created, opened, onClose }: { created: NewSecret; opened: boolean; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const [warned, setWarned] = useState(false);
  const close = () => {
    if (isCopied || warned) return onClose();
    setWarned(true);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={created.isFirst ? "The signing secret" : "The new signing secret"}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="md">
        <Notice tone="warn">Copy the secret now and store it. It cannot be shown again.</Notice>
        <CopyField label="Secret" value={created.secret} onCopied={() => setCopied(true)} />
        <Text size="sm">
          Messages are signed as <Code>Standard Webhooks</Code> says. Check each before you trust it:
        </Text>
        <Code block>{VERIFY}</Code>
        {warned && !isCopied && (
          <Notice tone="bad" live>
            You have not copied the secret. Close all the same? Then you need to rotate it.
          </Notice>
        )}
        <Group justify="flex-end">
          <Button onClick={warned ? onClose : close}>
            {warned && !isCopied ? "Close without copying" : "I stored it"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The secret itself stays in its field. */
const VERIFY = `// npm install standardwebhooks
import { Webhook } from "standardwebhooks";

// body: the bytes as they came, before any JSON.parse
const event = new Webhook(process.env.QLP_WEBHOOK_SECRET)
  .verify(body, headers);`;
