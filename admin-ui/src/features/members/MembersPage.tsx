import { useDisclosure } from "@mantine/hooks";
import { MayButton } from "../../ui/MayButton";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { InvitationsPanel } from "./InvitationsPanel";
import { InviteDialog } from "./InviteDialog";
import { MembersPanel } from "./MembersPanel";

/** Who belongs to us, who is asked to, and what each may. */
export function MembersPage() {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <Page
      title="Members"
      state="Who belongs to your organization, and what each may do."
      actions={
        <MayButton permission="members:write" onClick={open}>
          Invite a member
        </MayButton>
      }
    >
      <Region name="The members">
        <MembersPanel />
      </Region>
      <Region name="The invitations">
        <InvitationsPanel />
      </Region>
      <InviteDialog opened={isOpen} onClose={close} />
    </Page>
  );
}
