import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ChangeMemberRoleDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { asMemberRole, type MemberRole } from "../../lib/roles";
import { useViewer } from "../../lib/viewer";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { useLast } from "../../ui/use-last";
import { RoleField } from "./RoleField";

type Member = { readonly id: string; readonly email: string; readonly role: string };

/** Gives a member another role. What the server refuses is said at the field. */
export function ChangeRoleDialog({
  member,
  onClose,
}: {
  readonly member: Member | null;
  readonly onClose: () => void;
}) {
  const shown = useLast(member);
  return (
    shown && <Dialog key={`${shown.id} ${shown.role}`} member={shown} opened={member !== null} onClose={onClose} />
  );
}

function Dialog({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) {
  const viewer = useViewer();
  const [role, setRole] = useState<MemberRole>(asMemberRole(member.role));
  const [refusal, setRefusal] = useState<string | null>(null);
  // One's own rights may be others from now on.
  const { run, isRunning, fault } = useAct(ChangeMemberRoleDocument, {
    refetch: member.id === viewer.id ? ["Viewer"] : [],
  });

  const change = async () => {
    setRefusal(null);
    const answer = (await run({ input: { userId: member.id, role } }))?.changeMemberRole;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "User":
        return onClose();
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
      title={`Change the role of ${member.email}`}
      verb="Change the role"
      dangerous={false}
      onConfirm={() => void change()}
      isRunning={isRunning}
      fault={fault}
      isReady={role !== member.role}
    >
      <Stack gap="md">
        <RoleField
          label="Role"
          value={role}
          error={refusal}
          onChange={(chosen) => {
            setRole(chosen);
            setRefusal(null);
          }}
        />
        <Text size="sm" c="dimmed">
          It holds from the next request on; nobody is logged out.
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
