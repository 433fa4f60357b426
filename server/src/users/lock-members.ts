import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { sqlIn } from "../platform/database/sql.ts";
import { notFound } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import { Member } from "./member.entity.ts";
import type { MemberRole } from "./role.ts";
import { LastOwner } from "./user.refusals.ts";

/** The members of one organization, for a change to them that sees no other change under way. */
export type LockedMembers = {
  readonly organizationId: string;
  /** The asker's own role as it is now; null for a key. */
  readonly own: MemberRole | null;
};

/** Makes changes to an organization's members wait for each other, so that two owners cannot leave at once. */
export async function lockMembers(
  em: SqlEntityManager,
  { viewer }: Scope,
  organizationId: string,
): Promise<LockedMembers> {
  await sqlIn(em)("select from organizations where id = $1 for no key update", [organizationId]);
  if (viewer?.kind !== "user") return { organizationId, own: null };
  // What the request was let in with may have been taken away while it waited.
  const { role } = await memberIn(em, organizationId, viewer.id);
  return { organizationId, own: role };
}

/** @throws EdgeFault NOT_FOUND when the user is no member of the organization */
export async function memberIn(em: SqlEntityManager, organizationId: string, userId: string): Promise<Member> {
  const member = await em.findOne(Member, { organizationId, userId });
  if (!member) throw notFound("The member");
  return member;
}

/** @throws LastOwner when nobody else is an owner */
export async function requireAnotherOwner(em: SqlEntityManager, { organizationId, userId }: Member): Promise<void> {
  const others = await em.count(Member, { organizationId, role: "OWNER", userId: { $ne: userId } });
  if (others === 0) throw new LastOwner();
}
