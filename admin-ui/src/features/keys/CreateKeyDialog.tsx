import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { CreateApiKeyDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { focusFirstWrong, never, refuseField, required } from "../../ui/forms";
import { FaultNotice } from "../../ui/Notice";
import { EXPIRIES, expiryOf } from "./expiries";
import { PRESETS, SCOPES } from "./scopes";
import type { NewKey } from "./SecretDialog";

type Props = { readonly opened: boolean; readonly onClose: () => void; readonly onCreated: (key: NewKey) => void };

/** A new key: what it is for, what it may, and until when. */
export function CreateKeyDialog({ opened, onClose, onCreated }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create an API key" closeButtonProps={{ "aria-label": "Close" }}>
      <CreateForm onCreated={onCreated} />
    </Modal>
  );
}

type Values = { readonly name: string; readonly scopes: string[]; readonly expiry: string };

function CreateForm({ onCreated }: { onCreated: (key: NewKey) => void }) {
  const { run, isRunning, fault } = useAct(CreateApiKeyDocument, { refetch: ["KeysPanel", "OverviewPage"] });
  const form = useForm<Values>({
    initialValues: { name: "", scopes: [], expiry: "never" },
    validate: {
      name: required("Say what the key is for"),
      scopes: (scopes) => (scopes.length === 0 ? "Choose at least one" : null),
    },
  });

  const create = async ({ name, scopes, expiry }: Values) => {
    const input = { name: name.trim(), scopes, expiresAt: expiryOf(expiry) };
    const answer = (await run({ input }))?.createApiKey;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "CreatedApiKey":
        return onCreated({ secret: answer.secret, scopes: answer.apiKey.scopes, name: input.name });
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
          description="Where it will be used, such as Production"
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <div>
          <Text size="sm" mb={6}>
            For
          </Text>
          <Group gap="xs">
            {PRESETS.map(({ label, scopes }) => (
              <Button
                key={label}
                variant="default"
                size="compact-sm"
                onClick={() => form.setFieldValue("scopes", [...scopes])}
              >
                {label}
              </Button>
            ))}
          </Group>
        </div>
        <Checkbox.Group label="It may" {...form.getInputProps("scopes")}>
          <Stack gap="xs" mt={6} mb={6}>
            {SCOPES.map(({ scope, label, may }) => (
              <Checkbox key={scope} value={scope} label={label} description={`It may ${may}.`} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label="Expires"
          data={EXPIRIES.map(({ value, label }) => ({ value, label }))}
          {...form.getInputProps("expiry")}
        />
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
