import { systemClock } from "../kernel/clock.ts";
import { readAsPlatform } from "../platform/database/platform-read.ts";
import {
  badCursor,
  type Connection,
  decodeCursor,
  encodeCursor,
  pageOf,
  pageSize,
} from "../platform/graphql/connection.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { readInvitationToken } from "./invitation-link.ts";
import { Invitation } from "./invitation.entity.ts";
import { MAX_OPEN_INVITATIONS } from "./invite-member.ts";
import { Member } from "./member.entity.ts";
import { memberLoader, userLoader } from "./user.loader.ts";
import type { User } from "./user.entity.ts";

/** A page of an organization's members, in the order they joined. */
export async function listMembers(
  scope: Scope,
  organizationId: string,
  first: number | null,
  after: string | null,
): Promise<Connection<User>> {
  const size = pageSize(first);
  const [last] = decodeCursor(after, 1) ?? [];
  if (last !== undefined && !isUuid(last)) throw badCursor();
  // Ids of users are ordered by when they were made, which is when they joined.
  const where = { organizationId, ...(last !== undefined && { userId: { $gt: last } }) };
  const members = await scope.em.find(Member, where, { orderBy: { userId: "asc" }, limit: size + 1 });

  for (const member of members) memberLoader(scope).prime(member.userId, member);
  const users = await userLoader(scope).loadMany(members.map(({ userId }) => userId));
  const found = users.filter((user): user is User => user !== null && !(user instanceof Error));
  return pageOf(found, size, after, ({ id }) => encodeCursor([id]));
}

/** An organization's invitations that still let somebody in, newest first. */
export const openInvitations = ({ em }: Scope, organizationId: string): Promise<Invitation[]> =>
  em.find(
    Invitation,
    { organizationId, acceptedAt: null, revokedAt: null, expiresAt: { $gt: systemClock() } },
    { orderBy: { id: "desc" }, limit: MAX_OPEN_INVITATIONS },
  );

export type InvitationPreview = Pick<Invitation, "email" | "role" | "invitedBy" | "expiresAt"> & {
  readonly organizationName: string;
};

const openInvitation = {
  name: "open-invitation",
  text: `select i.email, i.role, i.invited_by as "invitedBy", i.expires_at as "expiresAt", o.name as "organizationName"
    from invitations i join organizations o on o.id = i.organization_id
    where i.organization_id = $1 and i.id = $2 and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()`,
};

/** What an invitation's link stands for, for whoever has it; null when it is unknown, used or expired. */
export async function previewInvitation({ platform }: Scope, token: string): Promise<InvitationPreview | null> {
  const key = readInvitationToken(platform.config, token);
  if (!key) return null;
  // Beside the request's transaction, whose role sees no tenant.
  const [preview] = await readAsPlatform<InvitationPreview>(platform.pool, openInvitation, [
    key.organizationId,
    key.id,
  ]);
  return preview ?? null;
}
