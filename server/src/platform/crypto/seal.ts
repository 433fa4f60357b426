import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Config } from "../config.ts";

type Keys = Pick<Config, "masterKeys">;

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A secret as it may lie in the database: encrypted under the first of the server's master keys,
 * which it names, so that keys can be rotated.
 *
 * @param place where it lies, such as the row's ids: what is copied to another place opens no more
 */
export function seal({ masterKeys }: Keys, place: string, secret: string): string {
  const [master] = masterKeys;
  if (!master) throw new Error("MASTER_KEYS names no key to seal with");
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, master.key, iv).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return `${master.id}:${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** The secret again. @throws Error when its key is not among the server's, or it was sealed for another place */
export function unseal({ masterKeys }: Keys, place: string, text: string): string {
  const [id, data = ""] = text.split(":");
  const master = masterKeys.find((key) => key.id === id);
  if (!master) throw new Error(`MASTER_KEYS does not name the key ${id}, which a secret was sealed with`);
  const bytes = Buffer.from(data, "base64url");
  const decipher = createDecipheriv(CIPHER, master.key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}
