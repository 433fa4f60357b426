import { List } from "@mantine/core";
import { type KeyRow_ApiKeyFragment, RevokeApiKeyDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { useRealTick } from "../../lib/clock";
import { formatRelative } from "../../lib/instant";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Instant } from "../../ui/Instant";
import { toastDone } from "../../ui/toasts";
import { useLast } from "../../ui/use-last";
import { wasUsedToday } from "./key-state";

type Key = Pick<KeyRow_ApiKeyFragment, "id" | "name" | "prefix" | "lastUsedAt">;

/** Ends a key at once, after saying who would notice. A key in use is named first. */
export function RevokeKeyDialog({ apiKey, onClose }: { readonly apiKey: Key | null; readonly onClose: () => void }) {
  const shown = useLast(apiKey);
  return shown && <Dialog key={shown.id} apiKey={shown} opened={apiKey !== null} onClose={onClose} />;
}

function Dialog({ apiKey, opened, onClose }: { apiKey: Key; opened: boolean; onClose: () => void }) {
  const now = useRealTick(20_000);
  const { run, isRunning, fault } = useAct(RevokeApiKeyDocument);
  const inUse = wasUsedToday(apiKey.lastUsedAt, now);

  const revoke = async () => {
    if (!(await run({ input: { id: apiKey.id } }))) return;
    onClose();
    toastDone(`${apiKey.name} was revoked.`);
  };

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Revoke ${apiKey.name}`}
      verb="Revoke"
      onConfirm={() => void revoke()}
      isRunning={isRunning}
      fault={fault}
      typed={inUse ? apiKey.prefix : undefined}
    >
      <List size="sm" spacing={4}>
        <List.Item>
          <LastUse lastUsedAt={apiKey.lastUsedAt} now={now} />
        </List.Item>
        <List.Item>It cannot be taken back. To change the secret without a gap, rotate it instead.</List.Item>
        <List.Item>What it recorded stays.</List.Item>
      </List>
    </ConfirmDialog>
  );
}

function LastUse({ lastUsedAt, now }: { lastUsedAt: string | null; now: number }) {
  if (lastUsedAt === null) return "It was never used.";
  const words = formatRelative(lastUsedAt, now);
  if (words === null) {
    return (
      <>
        Last used on <Instant at={lastUsedAt} as="day" real />; requests that use it fail at once.
      </>
    );
  }
  return `Used ${words}; its requests fail at once.`;
}
