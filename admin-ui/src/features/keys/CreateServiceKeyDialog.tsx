import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { CreateServiceKeyDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { focusFirstWrong, never, refuseField, required } from "../../ui/forms";
import { FaultNotice, Notice } from "../../ui/Notice";
import { EXPIRIES, expiryOf } from "./expiries";
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

type Values = { readonly name: string; readonly scopes: string[]; readonly expiry: string };

/** Services count usage and read it; nothing else is open to them. */
const SERVICE_SCOPES = SCOPES.filter(({ scope }) => scope.startsWith("usage:"));

function CreateForm({ onCreated }: { onCreated: (key: NewKey) => void }) {
  const { run, isRunning, fault } = useAct(CreateServiceKeyDocument, { refetch: ["ServiceKeys"] });
  const form = useForm<Values>({
    initialValues: { name: "", scopes: [], expiry: "never" },
    validate: {
      name: required("Say which service it is for"),
      scopes: (scopes) => (scopes.length === 0 ? "Choose at least one" : null),
    },
  });

  const create = async ({ name, scopes, expiry }: Values) => {
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
    <form onSubmit={form.onSubmit((values) => void create(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="The service that will use it, such as Generator"
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Checkbox.Group label="For every organization, it may" {...form.getInputProps("scopes")}>
          <Stack gap="xs" mt={6} mb={6}>
            {SERVICE_SCOPES.map(({ scope, label, may }) => (
              <Checkbox key={scope} value={scope} label={label} description={`It may ${may}.`} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label="Expires"
          data={EXPIRIES.map(({ value, label }) => ({ value, label }))}
          {...form.getInputProps("expiry")}
        />
        <Notice tone="warn">
          Whoever has this key can report usage for any customer. Keep it in the service alone.
        </Notice>
        <FaultNotice fault={fault} />
        <Group justify="flex-end">
          <Button type="submit" loading={isRunning}>
            Create the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
