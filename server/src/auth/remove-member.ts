import { recordAudit } from "../audit/record-audit.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { readId } from "../platform/graphql/text.ts";
import { asPlatform, tenantOf, type Scope } from "../platform/scope.ts";
import { lockMembers, memberIn, requireAnotherOwner } from "../users/lock-members.ts";
import type { Member } from "../users/member.entity.ts";
import { mayGive } from "../users/role.ts";
import { User } from "../users/user.entity.ts";
import { RoleNotAllowed } from "../users/user.refusals.ts";

/**
 * Removes a member from the scope's organization, with their log-in and all of their sessions, at once.
 * Keys they made stay; their e-mail may sign up or be invited again.
 *
 * Needs the platform's sight, because sessions and passwords are no tenant's: each statement names
 * the organization or the user.
 *
 * @throws RoleNotAllowed when the member stands above the asker; LastOwner — nothing is changed
 */
export async function removeMember(
  scope: Scope,
  input: { readonly userId: string },
): Promise<{ user: User; member: Member }> {
  const userId = readId(input.userId, "The member");
  return asPlatform(scope).em.transactional(async (em) => {
    const { organizationId, own } = await lockMembers(em, scope, tenantOf(scope));
    const member = await memberIn(em, organizationId, userId);
    const user = await em.findOneOrFail(User, { id: userId });
    if (!mayGive(own, member.role)) throw new RoleNotAllowed(`Only an OWNER removes a member who is ${member.role}.`);
    if (member.role === "OWNER") await requireAnotherOwner(em, member);

    const sql = sqlIn(em);
    await sql("delete from members where organization_id = $1 and user_id = $2", [organizationId, userId]);
    for (const table of ["sessions", "passwords", "password_resets"])
      await sql(`delete from ${table} where user_id = $1`, [userId]);
    await sql("delete from users where id = $1", [userId]);
    await recordAudit(em, scope, {
      action: "member.removed",
      target: user.email,
      detail: { role: member.role, userId },
    });
    return { user, member };
  });
}
