import { useQuery } from "@apollo/client/react";
import { List } from "@mantine/core";
import { useState } from "react";
import { MemberKeysDocument, RemoveMemberDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { faultOf } from "../../lib/faults";
import { useMay } from "../../lib/viewer";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { FaultNotice, Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { useLast } from "../../ui/use-last";

type Member = { readonly id: string; readonly email: string };

/** Takes a member out, after saying what that ends and what it leaves. */
export function RemoveMemberDialog({
  member,
  onClose,
}: {
  readonly member: Member | null;
  readonly onClose: () => void;
}) {
  const shown = useLast(member);
  return shown && <Dialog key={shown.id} member={shown} opened={member !== null} onClose={onClose} />;
}

function Dialog({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) {
  const seesKeys = useMay("keys:read");
  const keys = useQuery(MemberKeysDocument, { skip: !opened || !seesKeys, fetchPolicy: "network-only" });
  const [refusal, setRefusal] = useState<string | null>(null);
  const { run, isRunning, fault } = useAct(RemoveMemberDocument, { refetch: ["MembersPanel"] });

  const own = keys.data?.organization.apiKeys.filter(
    ({ createdBy, revokedAt }) => createdBy?.id === member.id && revokedAt === null,
  );
  const isReady = (!seesKeys || own !== undefined) && refusal === null;

  const remove = async () => {
    const answer = (await run({ input: { userId: member.id } }))?.removeMember;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "User":
        onClose();
        return toastDone(`${member.email} was removed.`);
      case "LastOwner":
      case "RoleNotAllowed":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Remove ${member.email}`}
      verb="Remove"
      onConfirm={() => void remove()}
      isRunning={isRunning}
      fault={fault}
      isReady={isReady}
    >
      <List size="sm" spacing={4}>
        <List.Item>Every session of theirs ends at once.</List.Item>
        <List.Item>{keysSentence(own?.map(({ name }) => name))}</List.Item>
        <List.Item>What they did stays in the audit log. Nothing is billed or refunded for it.</List.Item>
      </List>
      {keys.error && <FaultNotice fault={faultOf(keys.error)} />}
      {refusal && (
        <Notice tone="bad" live>
          {refusal}
        </Notice>
      )}
    </ConfirmDialog>
  );
}

function keysSentence(names: readonly string[] | undefined): string {
  if (names === undefined) return "API keys they made stay and go on working.";
  if (names.length === 0) return "They made no API key that is in use.";
  return `The API keys they made stay and go on working: ${names.join(", ")}. Rotate them if they knew the secrets.`;
}
