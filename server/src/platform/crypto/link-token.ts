import { createHmac, timingSafeEqual } from "node:crypto";
import type { Config } from "../config.ts";
import { formatUuid, isUuid } from "../id.ts";

type Keys = Pick<Config, "jwtKeys">;

const ID_BYTES = 16;
const SIGNATURE_BYTES = 32;

/**
 * A token for a link that names a row by its ids and can be made again at any time, so that nothing
 * secret has to be stored: the ids, and a signature of 256 bits by the first of the server's keys.
 *
 * @param purpose keeps the tokens of one kind of link from being taken for those of another
 */
export function linkToken({ jwtKeys }: Keys, purpose: string, ids: readonly string[]): string {
  const [key] = jwtKeys;
  if (!key) throw new Error("JWT_KEYS names no key to sign with");
  const payload = Buffer.from(ids.join("").replaceAll("-", ""), "hex");
  return Buffer.concat([payload, signature(key.secret, purpose, payload)]).toString("base64url");
}

/** The ids in a token that one of the server's keys signed for `purpose`; null for every other text. */
export function readLinkToken({ jwtKeys }: Keys, purpose: string, token: string): string[] | null {
  const bytes = Buffer.from(token, "base64url");
  const size = bytes.length - SIGNATURE_BYTES;
  if (size < ID_BYTES || size % ID_BYTES !== 0 || bytes.toString("base64url") !== token) return null;

  const payload = bytes.subarray(0, size);
  const given = bytes.subarray(size);
  const good = jwtKeys.some(({ secret }) => timingSafeEqual(given, signature(secret, purpose, payload)));
  if (!good) return null;
  const ids = Array.from({ length: size / ID_BYTES }, (_, index) => formatUuid(payload.subarray(index * ID_BYTES)));
  return ids.every(isUuid) ? ids : null;
}

const signature = (secret: string, purpose: string, payload: Buffer): Buffer => {
  // A key of its own for each purpose: the same secrets sign session tokens too.
  const key = createHmac("sha256", secret).update(`qlp link ${purpose}`).digest();
  return createHmac("sha256", key).update(payload).digest();
};
