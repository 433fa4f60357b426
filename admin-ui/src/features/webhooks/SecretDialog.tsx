import { Code, Text } from "@mantine/core";
import { SecretOnce } from "../../ui/SecretOnce";
import { useLast } from "../../ui/use-last";

export type NewSecret = {
  /** The endpoint's. */
  readonly id: string;
  readonly secret: string;
  /** False after a rotation. */
  readonly isFirst: boolean;
};

type Props = { readonly created: NewSecret | null; readonly onClose: () => void };

/** Shows an endpoint's secret, and how messages are verified with it. */
export function SecretDialog({ created, onClose }: Props) {
  const shown = useLast(created);
  if (!shown) return null;
  return (
    <SecretOnce
      key={shown.secret}
      secret={shown.secret}
      title={shown.isFirst ? "The signing secret" : "The new signing secret"}
      whenLost="Then you need to rotate it."
      opened={created !== null}
      onClose={onClose}
    >
      <Text size="sm">
        Messages are signed as <Code>Standard Webhooks</Code> says. Check each before you trust it:
      </Text>
      <Code block>{VERIFY}</Code>
    </SecretOnce>
  );
}

/** The secret itself stays in its field. */
const VERIFY = `// npm install standardwebhooks
import { Webhook } from "standardwebhooks";

// body: the bytes as they came, before any JSON.parse
const event = new Webhook(process.env.QLP_WEBHOOK_SECRET)
  .verify(body, headers);`;
