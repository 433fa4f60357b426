import { Modal } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { UpdateWebhookEndpointDocument, type WebhookEndpointFragment } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { never, refuseField } from "../../ui/forms";
import { toastDone } from "../../ui/toasts";
import { EndpointForm, type EndpointValues } from "./EndpointForm";

type Props = {
  readonly endpoint: WebhookEndpointFragment;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Another address, other events. */
export function EditEndpointDialog({ endpoint, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Edit the endpoint" closeButtonProps={{ "aria-label": "Close" }}>
      <EditForm endpoint={endpoint} onClose={onClose} />
    </Modal>
  );
}

function EditForm({ endpoint: { id, url, description, events }, onClose }: Omit<Props, "opened">) {
  const { run, isRunning, fault } = useAct(UpdateWebhookEndpointDocument);

  const save = async (values: EndpointValues, form: UseFormReturnType<EndpointValues>): Promise<void> => {
    const input = { id, url: values.url.trim(), description: values.description.trim(), events: values.events };
    const answer = (await run({ input }))?.updateWebhookEndpoint;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "WebhookEndpoint":
        onClose();
        return toastDone("The endpoint was saved.");
      case "UnknownWebhookEvent":
        return refuseField(form, "events", answer.message);
      case "WebhookUrlRefused":
        return refuseField(form, "url", answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <EndpointForm
      values={{ url, description, events: [...events] }}
      verb="Save"
      onSubmit={(values, form) => void save(values, form)}
      isRunning={isRunning}
      fault={fault}
    />
  );
}
