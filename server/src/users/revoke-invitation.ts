import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { readId } from "../platform/graphql/text.ts";
import { tenantOf, type Scope } from "../platform/scope.ts";
import { Invitation } from "./invitation.entity.ts";
import { lockMembers } from "./lock-members.ts";

/** Takes an open invitation back: its link stops working at once. Doing it again changes nothing. */
export async function revokeInvitation(scope: Scope, input: { readonly id: string }): Promise<Invitation> {
  const id = readId(input.id, "The invitation");
  return scope.em.transactional(async (em) => {
    const { organizationId } = await lockMembers(em, scope, tenantOf(scope));
    const invitation = await em.findOne(Invitation, { organizationId, id, acceptedAt: null });
    if (!invitation) throw notFound("The invitation");
    if (invitation.revokedAt == null) {
      invitation.revokedAt = systemClock();
      await recordAudit(em, scope, {
        action: "invitation.revoked",
        target: invitation.email,
        detail: { role: invitation.role },
      });
    }
    return invitation;
  });
}
