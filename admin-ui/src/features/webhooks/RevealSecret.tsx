import { Code, Group } from "@mantine/core";
import { useState } from "react";
import { RevealWebhookSecretDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice } from "../../ui/Notice";
import { SecretDialog, type ShownSecret } from "./SecretDialog";

/** The secret of an endpoint, hidden until somebody asks for it. */
export function RevealSecret({ endpointId }: { readonly endpointId: string }) {
  const { run, isRunning, fault } = useAct(RevealWebhookSecretDocument);
  const [shown, setShown] = useState<ShownSecret | null>(null);
  const reveal = async () => {
    const answer = (await run({ input: { id: endpointId } }))?.revealWebhookSecret;
    if (answer) setShown({ id: endpointId, secret: answer.secret, title: "The signing secret" });
  };
  return (
    <>
      <Group gap="sm">
        <Code aria-label="Hidden">whsec_••••••••</Code>
        <MayButton
          permission="keys:write"
          variant="default"
          size="compact-sm"
          loading={isRunning}
          onClick={() => void reveal()}
        >
          Reveal
        </MayButton>
      </Group>
      <FaultNotice fault={fault} />
      <SecretDialog shown={shown} onClose={() => setShown(null)} />
    </>
  );
}
