import { readAsPlatform } from "../platform/database/platform-read.ts";
import { arrayOf } from "../platform/database/row.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { Gathering } from "../platform/gathering.ts";
import type { Platform, RequestOrigin } from "../platform/scope.ts";
import type { Viewer } from "../platform/viewer.ts";
import type { MemberRole, StaffRole, UserRole } from "../users/role.ts";
import { readSession } from "./session-token.ts";
import { userViewer } from "./user-viewer.ts";

type FoundSession = {
  readonly id: string;
  readonly user_id: string;
  readonly organization_id: string | null;
  readonly email: string;
  readonly staff_role: StaffRole | null;
  readonly member_role: MemberRole | null;
  readonly unseen: boolean;
};

const openSession = {
  name: "open-session",
  text: `select s.id, s.user_id, s.organization_id, u.email, u.staff_role, m.role as member_role,
      s.last_seen_at < now() - interval '1 minute' as unseen
    from sessions s
    join users u on u.id = s.user_id
    left join members m on m.organization_id = s.organization_id and m.user_id = s.user_id
    where s.id = any($1::uuid[]) and s.ended_at is null and s.expires_at > now()`,
};

const lookUps = new WeakMap<Platform, Gathering<string, FoundSession | null>>();

/** One look-up for all requests that came while the last one was under way: each sees what held when it came, or later. */
function lookUpOf(platform: Platform): Gathering<string, FoundSession | null> {
  const known = lookUps.get(platform);
  if (known) return known;
  const made = new Gathering<string, FoundSession | null>({
    answer: async (ids) => {
      const found = await readAsPlatform<FoundSession>(platform.pool, openSession, [arrayOf(ids)]);
      const byId = new Map(found.map((session) => [session.id, session]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    ownerOf: () => "sessions",
    lanes: 1,
    most: 500,
  });
  lookUps.set(platform, made);
  return made;
}

/**
 * The user whose open session a token names, with the role they have now.
 *
 * @returns null when the token is not ours, its session has ended, or its user has left
 */
export async function viewerOfSession(
  platform: Platform,
  token: string,
  origin: RequestOrigin,
): Promise<Viewer | null> {
  const claims = await readSession(platform.config, token);
  if (!claims) return null;
  const session = await lookUpOf(platform).ask(claims.sessionId);
  if (session?.user_id !== claims.userId) return null;
  const role = roleIn(session);
  if (role === null) return null;

  if (session.unseen) noteVisit(platform, session, origin);
  return userViewer({
    userId: session.user_id,
    email: session.email,
    organizationId: session.organization_id,
    role,
    sessionId: session.id,
  });
}

const roleIn = ({ organization_id, member_role, staff_role }: FoundSession): UserRole | null =>
  organization_id === null ? staff_role : member_role;

/** Writes down that the person was seen, beside the request, which does not wait for it. */
function noteVisit({ pool }: Platform, session: FoundSession, origin: RequestOrigin): void {
  const written = inPlatformTransaction(pool, (sql) =>
    sql(
      `with visit as (
        update sessions set last_seen_at = now(), ip_address = $2
        where id = $1 and last_seen_at < now() - interval '1 minute' returning user_id
      )
      update users set last_seen_at = now() from visit where users.id = visit.user_id`,
      [session.id, origin.address],
    ),
  );
  // A lost note is made up for by the next request; it must not fail this one.
  void written.catch(() => undefined);
}
