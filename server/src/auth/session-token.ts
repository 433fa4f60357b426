import { SignJWT, jwtVerify } from "jose";
import { systemClock } from "../kernel/clock.ts";
import type { Config } from "../platform/config.ts";
import { isUuid } from "../platform/id.ts";
import { Recent } from "../platform/recent.ts";

const ALGORITHM = "HS256";
const ISSUER = "qlp-monetization";
const AUDIENCE = "qlp-api";

export type SessionClaims = { readonly sessionId: string; readonly userId: string };
type Keys = Pick<Config, "jwtKeys">;

/** Signs a session with the first of the configured keys. */
export async function signSession(
  { jwtKeys }: Keys,
  { sessionId, userId }: SessionClaims,
  issuedAt: Date,
  expiresAt: Date,
): Promise<string> {
  const [key] = jwtKeys;
  if (!key) throw new Error("JWT_KEYS names no key to sign with");
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.id, typ: "JWT" })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(bytesOf(key.secret));
}

type Verified = SessionClaims & { readonly expiresAtMs: number };

/** Tokens that were found genuine, by the keys they were verified with; so many at most. */
const MOST_VERIFIED = 10_000;
const verifiedWith = new WeakMap<Config["jwtKeys"], Recent<string, Verified>>();

/**
 * What a token claims, when one of the configured keys signed it, with the one algorithm, for us.
 *
 * @returns null for every other token, whatever is wrong with it
 */
export async function readSession({ jwtKeys }: Keys, token: string): Promise<SessionClaims | null> {
  const verified = verifiedWith.get(jwtKeys) ?? new Recent<string, Verified>(MOST_VERIFIED);
  verifiedWith.set(jwtKeys, verified);
  const claims = verified.get(token) ?? (await verify(jwtKeys, token));
  if (!claims || claims.expiresAtMs <= systemClock().getTime()) {
    verified.delete(token);
    return null;
  }
  // A signature stays good: only its time runs out.
  verified.set(token, claims);
  return claims;
}

async function verify(jwtKeys: Config["jwtKeys"], token: string): Promise<Verified | null> {
  const keyOf = ({ kid }: { kid?: string }): Uint8Array => {
    const key = jwtKeys.find(({ id }) => id === kid);
    if (!key) throw new Error("unknown key");
    return bytesOf(key.secret);
  };
  const verified = await jwtVerify(token, keyOf, {
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
    requiredClaims: ["sub", "sid", "exp"],
  }).catch(() => null);
  const { sid, sub, exp } = verified?.payload ?? {};
  if (typeof sid !== "string" || !isUuid(sid) || sub === undefined || exp === undefined) return null;
  return { sessionId: sid, userId: sub, expiresAtMs: exp * 1_000 };
}

const encoder = new TextEncoder();
const bytesOf = (secret: string): Uint8Array => encoder.encode(secret);
