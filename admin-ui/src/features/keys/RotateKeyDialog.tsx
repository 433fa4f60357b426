import { NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { type KeyRow_ApiKeyFragment, RotateApiKeyDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { useLast } from "../../ui/use-last";
import { OVERLAPS } from "./expiries";
import { SecretDialog } from "./SecretDialog";
import type { NewKey } from "./SecretDialog";

type Key = Pick<KeyRow_ApiKeyFragment, "id" | "name" | "prefix">;

type DialogProps = {
  readonly apiKey: Key | null;
  readonly onClose: () => void;
  /** A key of QLP's own services. */
  readonly isService?: boolean;
};

/** A new secret for a key, with a time in which both work. */
export function RotateKeyDialog({ apiKey, onClose, isService = false }: DialogProps) {
  const shown = useLast(apiKey);
  const [created, setCreated] = useState<NewKey | null>(null);
  return (
    <>
      {shown && (
        <Dialog
          key={shown.id}
          apiKey={shown}
          isService={isService}
          opened={apiKey !== null}
          onClose={onClose}
          onCreated={(key) => {
            onClose();
            setCreated(key);
          }}
        />
      )}
      <SecretDialog created={created} onClose={() => setCreated(null)} />
    </>
  );
}

type Props = {
  readonly apiKey: Key;
  readonly isService: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onCreated: (key: NewKey) => void;
};

function Dialog({ apiKey, isService, opened, onClose, onCreated }: Props) {
  const { run, isRunning, fault } = useAct(RotateApiKeyDocument, { refetch: ["KeysPanel", "ServiceKeys"] });
  const [overlap, setOverlap] = useState("86400");
  const [refusal, setRefusal] = useState<string | null>(null);

  const rotate = async () => {
    setRefusal(null);
    const answer = (await run({ input: { id: apiKey.id, overlapSeconds: Number(overlap) } }))?.rotateApiKey;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "CreatedApiKey":
        return onCreated({ secret: answer.secret, scopes: answer.apiKey.scopes, name: apiKey.name, isService });
      case "KeyNotActive":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Rotate ${apiKey.name}`}
      verb="Rotate"
      dangerous={false}
      onConfirm={() => void rotate()}
      isRunning={isRunning}
      fault={fault}
    >
      <Stack gap="md">
        <Text size="sm">
          You get a new secret with the same name, rights and expiry, shown once. Put it in place while the old one,{" "}
          {apiKey.prefix}…, still works.
        </Text>
        <NativeSelect
          label="The old secret works on for"
          value={overlap}
          data={[...OVERLAPS]}
          onChange={({ currentTarget }) => setOverlap(currentTarget.value)}
        />
        {refusal && (
          <Notice tone="bad" live>
            {refusal}
          </Notice>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
