import { recordAudit } from "../audit/record-audit.ts";
import { readId } from "../platform/graphql/text.ts";
import { tenantOf, type Scope } from "../platform/scope.ts";
import { lockMembers, memberIn, requireAnotherOwner } from "./lock-members.ts";
import type { Member } from "./member.entity.ts";
import { isMemberRole, isRaise, mayGive, type MemberRole, type UserRole } from "./role.ts";
import { User } from "./user.entity.ts";
import { RoleNotAllowed } from "./user.refusals.ts";

export type ChangeMemberRole = { readonly userId: string; readonly role: UserRole };

/**
 * Gives a member of the scope's organization another role. It holds on the member's next request.
 *
 * @throws RoleNotAllowed when the old or the new role is above the asker's own, or the asker would
 * gain by it; LastOwner — nothing is changed
 */
export async function changeMemberRole(scope: Scope, input: ChangeMemberRole): Promise<{ user: User; member: Member }> {
  const userId = readId(input.userId, "The member");
  return scope.em.transactional(async (em) => {
    const { organizationId, own } = await lockMembers(em, scope, tenantOf(scope));
    const member = await memberIn(em, organizationId, userId);
    const user = await em.findOneOrFail(User, { id: userId });
    const before = member.role;
    const after = allowedRole(own, before, input.role, userId === scope.viewer?.id);

    if (before === "OWNER" && after !== "OWNER") await requireAnotherOwner(em, member);
    if (before !== after) {
      member.role = after;
      await recordAudit(em, scope, { action: "member.roleChanged", target: user.email, detail: { before, after } });
    }
    return { user, member };
  });
}

function allowedRole(own: MemberRole | null, before: MemberRole, after: UserRole, isSelf: boolean): MemberRole {
  if (!mayGive(own, before)) throw new RoleNotAllowed(`The role of an ${before} can be changed by an OWNER only.`);
  if (!isMemberRole(after) || !mayGive(own, after))
    throw new RoleNotAllowed(`You cannot give the role ${after}: it is above your own.`);
  if (isSelf && isRaise(before, after)) throw new RoleNotAllowed("Nobody raises their own role.");
  return after;
}
