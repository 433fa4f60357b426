import type { FastifyReply } from "fastify";
import { recordAudit } from "../audit/record-audit.ts";
import { DAY_MS, SECOND_MS, systemClock } from "../kernel/clock.ts";
import { newId } from "../platform/id.ts";
import { asPlatform, type Scope } from "../platform/scope.ts";
import { Member } from "../users/member.entity.ts";
import { User } from "../users/user.entity.ts";
import { LoginSession } from "./login-session.entity.ts";
import { sessionCookie } from "./session-cookie.ts";
import { signSession } from "./session-token.ts";
import { entitiesFor, userViewer } from "./user-viewer.ts";

/** A session that was opened just now, and the token that proves it. */
export type SessionGranted = { readonly token: string; readonly expiresAt: Date; readonly user: User };

/** A request that can be answered with a cookie. */
export type Answerable = Scope & { readonly reply?: Pick<FastifyReply, "header"> };

const SESSION_MS = DAY_MS;
const MAX_USER_AGENT = 300;

/**
 * Logs a person in, who has proved who they are: opens a session for 24 hours of real time, hands
 * out its token, also as a cookie, and lets the rest of this request act as that person, so that
 * the answer may show what they may see.
 */
export async function openSession(scope: Answerable, user: User): Promise<SessionGranted> {
  const { platform, origin } = scope;
  const issuedAt = systemClock();
  const expiresAt = new Date(Math.floor((issuedAt.getTime() + SESSION_MS) / SECOND_MS) * SECOND_MS);
  const sessionId = newId();

  const viewer = await asPlatform(scope).em.transactional(async (em) => {
    const member = user.staffRole == null ? await em.findOneOrFail(Member, { userId: user.id }) : null;
    const role = member?.role ?? user.staffRole;
    if (role == null) throw new Error("a user is a member or staff");
    const organizationId = member?.organizationId ?? null;
    em.persist(
      em.create(LoginSession, {
        id: sessionId,
        userId: user.id,
        organizationId,
        createdAt: issuedAt,
        lastSeenAt: issuedAt,
        expiresAt,
        ipAddress: origin.address,
        userAgent: origin.userAgent?.slice(0, MAX_USER_AGENT) ?? null,
      }),
    );
    await em.nativeUpdate(User, { id: user.id }, { lastSeenAt: issuedAt });
    const opened = userViewer({ userId: user.id, email: user.email, organizationId, role, sessionId });
    await recordAudit(
      em,
      { ...scope, viewer: opened, organizationId },
      { action: "session.opened", target: user.email },
    );
    return opened;
  });

  const token = await signSession(platform.config, { sessionId, userId: user.id }, issuedAt, expiresAt);
  void scope.reply?.header("set-cookie", sessionCookie(platform.config, token, SESSION_MS / SECOND_MS));
  Object.assign(scope, { viewer, organizationId: viewer.organizationId, em: entitiesFor(platform, viewer) });
  return { token, expiresAt, user };
}
