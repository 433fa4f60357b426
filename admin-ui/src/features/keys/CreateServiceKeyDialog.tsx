import { Modal } from "@mantine/core";
import { CreateServiceKeyDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { never, refuseField } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { expiryOf } from "./expiries";
import { KeyForm, type KeyValues, useKeyForm } from "./KeyForm";
import { SCOPES } from "./scopes";
import type { NewKey } from "./SecretDialog";

type Props = { readonly opened: boolean; readonly onClose: () => void; readonly onCreated: (key: NewKey) => void };

/** A key for a service of ours: which one, what it may, and until when. */
export function CreateServiceKeyDialog({ opened, onClose, onCreated }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create a service key" closeButtonProps={{ "aria-label": "Close" }}>
      <CreateForm onCreated={onCreated} />
    </Modal>
  );
}

/** Services count usage and read it; nothing else is open to them. */
const SERVICE_SCOPES = SCOPES.filter(({ scope }) => scope.startsWith("usage:"));

function CreateForm({ onCreated }: { onCreated: (key: NewKey) => void }) {
  const { run, isRunning, fault } = useAct(CreateServiceKeyDocument, { refetch: ["ServiceKeys"] });
  const form = useKeyForm("Say which service it is for");

  const create = async ({ name, scopes, expiry }: KeyValues) => {
    const input = { name: name.trim(), scopes, expiresAt: expiryOf(expiry) };
    const answer = (await run({ input }))?.createServiceKey;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "CreatedApiKey":
        return onCreated({ secret: answer.secret, scopes: answer.apiKey.scopes, name: input.name, isService: true });
      case "UnknownScope":
        return refuseField(form, "scopes", answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <KeyForm
      form={form}
      description="The service that will use it, such as Generator"
      may="For every organization, it may"
      scopes={SERVICE_SCOPES}
      onSubmit={(values) => void create(values)}
      isRunning={isRunning}
      fault={fault}
    >
      <Notice tone="warn">Whoever has this key can report usage for any customer. Keep it in the service alone.</Notice>
    </KeyForm>
  );
}
