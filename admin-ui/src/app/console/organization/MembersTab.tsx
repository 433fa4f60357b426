import { InvitationsPanel } from "../../../features/members/InvitationsPanel";
import { MembersPanel } from "../../../features/members/MembersPanel";
import { Region } from "../../../ui/Region";
import { useOrganizationId } from "./use-organization-id";

/** Who belongs to the customer. Staff look; the customer's owners and admins change. */
export function MembersTab() {
  const id = useOrganizationId();
  return (
    <>
      <Region name="The members">
        <MembersPanel organizationId={id} />
      </Region>
      <Region name="The invitations">
        <InvitationsPanel organizationId={id} />
      </Region>
    </>
  );
}
