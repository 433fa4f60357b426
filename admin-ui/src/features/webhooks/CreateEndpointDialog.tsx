import { Modal } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { CreateWebhookEndpointDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { never, refuseField } from "../../ui/forms";
import { EndpointForm, type EndpointValues } from "./EndpointForm";
import type { ShownSecret } from "./SecretDialog";

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onCreated: (created: ShownSecret) => void;
};

/** A new endpoint; its secret is shown afterwards. */
export function CreateEndpointDialog({ opened, onClose, onCreated }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add an endpoint" closeButtonProps={{ "aria-label": "Close" }}>
      <CreateForm onCreated={onCreated} />
    </Modal>
  );
}

function CreateForm({ onCreated }: Pick<Props, "onCreated">) {
  const { run, isRunning, fault } = useAct(CreateWebhookEndpointDocument, { refetch: ["WebhookEndpoints"] });

  const create = async (
    { url, description, events }: EndpointValues,
    form: UseFormReturnType<EndpointValues>,
  ): Promise<void> => {
    const answer = (await run({ input: { url: url.trim(), description: description.trim(), events } }))
      ?.createWebhookEndpoint;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "WebhookEndpointSecret":
        return onCreated({ id: answer.endpoint.id, secret: answer.secret, title: "The signing secret" });
      case "UnknownWebhookEvent":
        return refuseField(form, "events", answer.message);
      case "WebhookUrlRefused":
      case "TooManyWebhookEndpoints":
        return refuseField(form, "url", answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <EndpointForm
      values={{ url: "", description: "", events: [] }}
      verb="Add the endpoint"
      onSubmit={(values, form) => void create(values, form)}
      isRunning={isRunning}
      fault={fault}
    />
  );
}
