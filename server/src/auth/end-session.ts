import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { readId } from "../platform/graphql/text.ts";
import { asPlatform } from "../platform/scope.ts";
import { LoginSession } from "./login-session.entity.ts";
import type { Answerable } from "./open-session.ts";
import { sessionCookie } from "./session-cookie.ts";

/** Ends the session that asks, and takes the cookie back, also a dead one. True, also when there was none. */
export async function logOut(scope: Answerable): Promise<boolean> {
  const { viewer } = scope;
  if (viewer?.sessionId != null) await endSession(scope, { id: viewer.sessionId });
  else takeCookieBack(scope);
  return true;
}

/**
 * Ends one of the viewer's own sessions: its token is worth nothing from the next request on.
 *
 * @throws EdgeFault NOT_FOUND for anybody else's
 */
export async function endSession(scope: Answerable, input: { readonly id: string }): Promise<LoginSession> {
  const id = readId(input.id, "The session");
  const { viewer } = scope;
  if (viewer?.kind !== "user") throw notFound("The session");
  const session = await asPlatform(scope).em.transactional(async (em) => {
    const found = await em.findOne(LoginSession, { id, userId: viewer.id });
    if (!found) throw notFound("The session");
    if (found.endedAt == null) {
      found.endedAt = systemClock();
      await recordAudit(em, scope, { action: "session.ended", target: viewer.label });
    }
    return found;
  });
  if (id === viewer.sessionId) takeCookieBack(scope);
  return session;
}

/** Ends all sessions of the viewer but the one that asks. @returns how many there were */
export async function endOtherSessions(scope: Answerable): Promise<number> {
  const { viewer } = scope;
  if (viewer?.kind !== "user") return 0;
  return asPlatform(scope).em.transactional(async (em) => {
    const ended = await endSessionsOf(em, viewer.id, viewer.sessionId);
    if (ended > 0)
      await recordAudit(em, scope, { action: "session.othersEnded", target: viewer.label, detail: { ended } });
    return ended;
  });
}

/**
 * Ends the open sessions of a user, in a transaction of the platform.
 *
 * @param except the session that stays
 * @returns how many there were
 */
export async function endSessionsOf(
  em: SqlEntityManager,
  userId: string,
  except: string | null = null,
): Promise<number> {
  const ended = await sqlIn(em)(
    "update sessions set ended_at = now() where user_id = $1 and ended_at is null and expires_at > now() and id is distinct from $2::uuid returning id",
    [userId, except],
  );
  return ended.length;
}

function takeCookieBack({ reply, platform }: Answerable): void {
  void reply?.header("set-cookie", sessionCookie(platform.config, null, 0));
}
