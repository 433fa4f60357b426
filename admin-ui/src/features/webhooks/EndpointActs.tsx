import { List, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import {
  DeleteWebhookEndpointDocument,
  RotateWebhookSecretDocument,
  UpdateWebhookEndpointDocument,
  type WebhookEndpointFragment,
} from "../../gql/documents";
import { useAct } from "../../lib/act";
import { formatInstant } from "../../lib/instant";
import { usePreferences } from "../../lib/preferences";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { SecretDialog, type ShownSecret } from "./SecretDialog";

export type EndpointAct = "edit" | "rotate" | "on" | "off" | "delete";

type Props = {
  readonly endpoint: WebhookEndpointFragment;
  readonly act: EndpointAct | null;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
};

/** What is asked before it is done with an endpoint. */
export function EndpointActs({ endpoint, act, onClose, onDeleted }: Props) {
  const [shown, setShown] = useState<ShownSecret | null>(null);
  return (
    <>
      <RotateDialog
        endpoint={endpoint}
        opened={act === "rotate"}
        onClose={onClose}
        onRotated={(secret) => {
          onClose();
          setShown({ id: endpoint.id, secret, title: "The new signing secret" });
        }}
      />
      <SecretDialog shown={shown} onClose={() => setShown(null)} />
      <SwitchDialog
        id={endpoint.id}
        isOn={endpoint.disabledAt === null}
        opened={act === "on" || act === "off"}
        onClose={onClose}
      />
      <DeleteDialog endpoint={endpoint} opened={act === "delete"} onClose={onClose} onDeleted={onDeleted} />
    </>
  );
}

const BOTH = "each message carries two signatures, one by each secret, so that your server can change over at leisure.";

const OVERLAPS = [
  {
    value: "0",
    label: "Not at all",
    means:
      "The old secret stops at once. Until your server has the new one it refuses messages; they are tried again for three days.",
  },
  { value: "3600", label: "1 hour", means: `For an hour ${BOTH} Then the new secret signs alone.` },
  { value: "86400", label: "1 day", means: `For a day ${BOTH} Then the new secret signs alone.` },
  { value: "604800", label: "7 days", means: `For seven days ${BOTH} Then the new secret signs alone.` },
];

type RotateProps = {
  readonly endpoint: WebhookEndpointFragment;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onRotated: (secret: string) => void;
};

function RotateDialog({ endpoint, opened, onClose, onRotated }: RotateProps) {
  const { run, isRunning, fault } = useAct(RotateWebhookSecretDocument);
  const { zone } = usePreferences();
  const [overlap, setOverlap] = useState("86400");
  const rotate = async () => {
    const answer = (await run({ input: { id: endpoint.id, overlapSeconds: Number(overlap) } }))?.rotateWebhookSecret;
    if (answer) onRotated(answer.secret);
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Rotate the signing secret"
      verb="Rotate"
      dangerous={false}
      onConfirm={() => void rotate()}
      isRunning={isRunning}
      fault={fault}
    >
      <Stack gap="md">
        <Text size="sm">You get a new secret.</Text>
        <NativeSelect
          label="The old secret signs on for"
          value={overlap}
          data={OVERLAPS.map(({ value, label }) => ({ value, label }))}
          onChange={({ currentTarget }) => setOverlap(currentTarget.value)}
        />
        <Text size="sm" aria-live="polite">
          {OVERLAPS.find(({ value }) => value === overlap)?.means}
        </Text>
        {endpoint.previousSecretUntil !== null && (
          <Notice tone="warn">
            The secret before the last rotation still signs until {formatInstant(endpoint.previousSecretUntil, zone)}.
            It stops as soon as you rotate again.
          </Notice>
        )}
      </Stack>
    </ConfirmDialog>
  );
}

type SwitchProps = {
  readonly id: string;
  readonly isOn: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
};

function SwitchDialog({ id, isOn, opened, onClose }: SwitchProps) {
  const { run, isRunning, fault } = useAct(UpdateWebhookEndpointDocument, { refetch: ["WebhookDeliveries"] });
  const verb = isOn ? "Switch off" : "Switch on";
  const change = async () => {
    if (!(await run({ input: { id, enabled: !isOn } }))) return;
    onClose();
    toastDone(isOn ? "The endpoint is off." : "The endpoint is on.");
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`${verb} the endpoint`}
      verb={verb}
      dangerous={isOn}
      onConfirm={() => void change()}
      isRunning={isRunning}
      fault={fault}
    >
      {isOn ? (
        <List size="sm" spacing={4}>
          <List.Item>Nothing more is sent to it, and nothing is kept for it.</List.Item>
          <List.Item>What is on its way is given up; you can send it again later.</List.Item>
        </List>
      ) : (
        <Text size="sm">It is told what happens from now on. What it missed is not sent by itself.</Text>
      )}
    </ConfirmDialog>
  );
}

type DeleteProps = {
  readonly endpoint: WebhookEndpointFragment;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
};

function DeleteDialog({ endpoint, opened, onClose, onDeleted }: DeleteProps) {
  const { run, isRunning, fault } = useAct(DeleteWebhookEndpointDocument, { refetch: ["WebhookEndpoints"] });
  const remove = async () => {
    if (!(await run({ input: { id: endpoint.id } }))) return;
    onDeleted();
    toastDone("The endpoint was deleted.");
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete the endpoint"
      verb="Delete"
      onConfirm={() => void remove()}
      isRunning={isRunning}
      fault={fault}
    >
      <List size="sm" spacing={4}>
        <List.Item>Nothing more is sent to {endpoint.url}.</List.Item>
        <List.Item>Its secret and its log of messages are gone. It cannot be taken back.</List.Item>
        <List.Item>To stop it for a while, switch it off instead.</List.Item>
      </List>
    </ConfirmDialog>
  );
}
