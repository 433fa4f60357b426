import type { Config } from "../platform/config.ts";

export const SESSION_COOKIE = "qlp_session";

/** The Set-Cookie header that hands a browser its session token, or takes it away. */
export function sessionCookie(
  { publicUrl }: Pick<Config, "publicUrl">,
  token: string | null,
  maxAgeSeconds: number,
): string {
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  const age = token === null ? 0 : maxAgeSeconds;
  return `${SESSION_COOKIE}=${token ?? ""}; Max-Age=${age}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
