import { Button, Group, Modal, Text } from "@mantine/core";
import { CreateApiKeyDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { never, refuseField } from "../../ui/forms";
import { expiryOf } from "./expiries";
import { KeyForm, type KeyValues, useKeyForm } from "./KeyForm";
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

function CreateForm({ onCreated }: { onCreated: (key: NewKey) => void }) {
  const { run, isRunning, fault } = useAct(CreateApiKeyDocument, { refetch: ["KeysPanel", "OverviewPage"] });
  const form = useKeyForm("Say what the key is for");

  const create = async ({ name, scopes, expiry }: KeyValues) => {
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
    <KeyForm
      form={form}
      description="Where it will be used, such as Production"
      may="It may"
      scopes={SCOPES}
      onSubmit={(values) => void create(values)}
      isRunning={isRunning}
      fault={fault}
      presets={<Presets onChoose={(scopes) => form.setFieldValue("scopes", [...scopes])} />}
    />
  );
}

function Presets({ onChoose }: { onChoose: (scopes: readonly string[]) => void }) {
  return (
    <div>
      <Text size="sm" mb={6}>
        For
      </Text>
      <Group gap="xs">
        {PRESETS.map(({ label, scopes }) => (
          <Button key={label} variant="default" size="compact-sm" onClick={() => onChoose(scopes)}>
            {label}
          </Button>
        ))}
      </Group>
    </div>
  );
}
