import { crc32 } from "node:zlib";
import { randomBase62, toBase62 } from "../platform/crypto/base62.ts";
import { hashSecret } from "../platform/crypto/secret.ts";

export const KEY_PREFIX = "qlp_";

const RANDOM_LENGTH = 36;
const CHECKSUM_LENGTH = 6;
/** Of the random part; the 28 characters that stay hidden hold 166 bits. */
const SHOWN_LENGTH = 8;

const KEY = new RegExp(`^${KEY_PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);

/**
 * A new key: `qlp_`, 36 random characters, and a checksum of 6.
 *
 * The fixed start lets scanners find keys that leaked; the checksum tells a mistyped key from a
 * revoked one without a query, as GitHub's tokens do.
 *
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function newKeySecret(): { secret: string; prefix: string; secretHash: string } {
  const random = randomBase62(RANDOM_LENGTH);
  const secret = `${KEY_PREFIX}${random}${checksumOf(random)}`;
  return { secret, prefix: secret.slice(0, KEY_PREFIX.length + SHOWN_LENGTH), secretHash: hashSecret(secret) };
}

/** Whether the text can be a key at all: its form and its checksum are right. */
export function isKeySecret(text: string): boolean {
  if (!KEY.test(text)) return false;
  return checksumOf(text.slice(KEY_PREFIX.length, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);
}

const checksumOf = (random: string): string => toBase62(crc32(random), CHECKSUM_LENGTH);
