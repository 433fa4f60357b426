import { type ReactNode, useState } from "react";
import { TestWebhookEndpointDocument, type WebhookEndpointFragment } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { never } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { RowMenu } from "../../ui/RowMenu";
import { EditEndpointDialog } from "./EditEndpointDialog";
import { type EndpointAct, EndpointActs } from "./EndpointActs";

type Props = {
  readonly endpoint: WebhookEndpointFragment;
  /** Where the message of a test is shown. */
  readonly onTested: (deliveryId: string) => void;
  readonly onDeleted: () => void;
};

/** What can be done with an endpoint: its buttons, and what they say and ask. Who may not act sees who may. */
export function useEndpointActs({ endpoint, onTested, onDeleted }: Props): {
  readonly buttons: ReactNode;
  readonly dialogs: ReactNode;
} {
  const [act, setAct] = useState<EndpointAct | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { run, isRunning, fault } = useAct(TestWebhookEndpointDocument, {
    refetch: ["WebhookDeliveries", "WebhookEndpoints"],
  });
  const isOff = endpoint.disabledAt !== null;

  const sendTest = async () => {
    setRefusal(null);
    const answer = (await run({ input: { id: endpoint.id } }))?.testWebhookEndpoint;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "WebhookDelivery":
        return onTested(answer.id);
      case "WebhookEndpointDisabled":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return {
    buttons: (
      <>
        <MayButton
          permission="keys:write"
          loading={isRunning}
          disabled={isOff}
          {...(isOff ? { title: "Nothing is sent to an endpoint that is off." } : {})}
          onClick={() => void sendTest()}
        >
          Send a test
        </MayButton>
        <MayButton permission="keys:write" variant="default" onClick={() => setAct("edit")}>
          Edit
        </MayButton>
        <RowMenu
          label="More actions for the endpoint"
          permission="keys:write"
          items={[
            { label: "Rotate the secret", onClick: () => setAct("rotate") },
            { label: isOff ? "Switch on" : "Switch off", onClick: () => setAct(isOff ? "on" : "off") },
            { label: "Delete", onClick: () => setAct("delete"), dangerous: true },
          ]}
        />
      </>
    ),
    dialogs: (
      <>
        <FaultNotice fault={fault} />
        {refusal !== null && (
          <Notice tone="bad" live>
            {refusal}
          </Notice>
        )}
        <EditEndpointDialog endpoint={endpoint} opened={act === "edit"} onClose={() => setAct(null)} />
        <EndpointActs endpoint={endpoint} act={act} onClose={() => setAct(null)} onDeleted={onDeleted} />
      </>
    ),
  };
}
