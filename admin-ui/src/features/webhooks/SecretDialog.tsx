import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { CopyField } from "../../ui/CopyField";
import { useLast } from "../../ui/use-last";

export type ShownSecret = {
  /** The endpoint's. */
  readonly id: string;
  readonly secret: string;
  /** What it is: "The new signing secret". */
  readonly title: string;
};

type Props = { readonly shown: ShownSecret | null; readonly onClose: () => void };

/** Shows an endpoint's secret, which lives in memory only, and how messages are verified with it. */
export function SecretDialog({ shown, onClose }: Props) {
  const last = useLast(shown);
  if (!last) return null;
  return (
    <Modal
      opened={shown !== null}
      onClose={onClose}
      title={last.title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="md">
        <CopyField label="Secret" value={last.secret} />
        <Text size="sm">
          Messages are signed as <Code>Standard Webhooks</Code> says. Check each before you trust it:
        </Text>
        <Code block>{VERIFY}</Code>
        <Text size="sm" c="dimmed">
          The endpoint's page reveals the secret again. Each time is an entry in the audit log.
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
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
