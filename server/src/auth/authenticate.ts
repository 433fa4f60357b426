import { EdgeFault } from "../platform/graphql/errors.ts";
import type { Platform, RequestOrigin } from "../platform/scope.ts";
import type { Viewer } from "../platform/viewer.ts";
import { KEY_PREFIX } from "./key-secret.ts";
import { viewerOfKey } from "./viewer-of-key.ts";
import { viewerOfSession } from "./viewer-of-session.ts";

/** What a request brings to prove who asks. */
export type Credentials = {
  /** The Authorization header. */
  readonly authorization: string | undefined;
  /** The value of the session cookie. */
  readonly cookie: string | undefined;
  readonly origin: RequestOrigin;
};

const BEARER = /^Bearer +([\w.~+/=-]+) *$/i;
const MAX_HEADER = 4_096;

/**
 * Who asks; null without credentials. Looked up anew for each request, so that an ended session, a
 * removed member, a changed role and a revoked key hold at once.
 *
 * A header outranks the cookie. A header that is no good is an error: the caller meant something by
 * it. A cookie that is no good counts as none: the browser sends it by itself, also to the log-in.
 *
 * @throws EdgeFault UNAUTHENTICATED
 */
export async function authenticate(
  platform: Platform,
  { authorization, cookie, origin }: Credentials,
): Promise<Viewer | null> {
  if (authorization !== undefined && authorization !== "") {
    const token = authorization.length > MAX_HEADER ? undefined : BEARER.exec(authorization)?.[1];
    if (token === undefined)
      throw unauthenticated("The Authorization header must read: Bearer, a space, then a session token or an API key.");
    if (token.startsWith(KEY_PREFIX)) return viewerOfKey(platform, token);
    const viewer = await viewerOfSession(platform, token, origin);
    if (!viewer) throw unauthenticated("The session has ended, or the token is not valid. Log in again.");
    return viewer;
  }
  if (cookie === undefined || cookie === "" || cookie.length > MAX_HEADER) return null;
  return viewerOfSession(platform, cookie, origin);
}

const unauthenticated = (message: string): EdgeFault => new EdgeFault("UNAUTHENTICATED", message);
