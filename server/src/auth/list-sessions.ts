import { readAsPlatform } from "../platform/database/platform-read.ts";
import type { Scope } from "../platform/scope.ts";
import { LoginSession } from "./login-session.entity.ts";

const MAX_SESSIONS = 100;

const openSessionsOf = {
  name: "open-sessions-of",
  text: `select * from sessions where user_id = $1 and ended_at is null and expires_at > now() order by id desc limit ${MAX_SESSIONS}`,
};

/** The viewer's open sessions, newest first. Read beside the request's transaction, whose role does not see them. */
export async function openSessions({ platform, em, viewer }: Scope): Promise<LoginSession[]> {
  if (viewer?.kind !== "user") return [];
  const rows = await readAsPlatform(platform.pool, openSessionsOf, [viewer.id]);
  return rows.map((row) => em.map(LoginSession, row));
}
