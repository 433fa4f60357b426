import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The secret kept under `name` in the data folder, made on first use; readable by its owner only. */
export function keptSecret(dataFolder: string, name: string, make: () => string): string {
  const folder = join(dataFolder, "secrets");
  const file = join(folder, name);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Renamed into place, so that a kill in between leaves no half a secret.
    writeFileSync(`${file}.new`, make(), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, "utf8").trim();
}

/** One `kid:secret` pair, as JWT_KEYS wants it. */
export const newJwtKeys = (): string => `k1:${randomBytes(48).toString("base64url")}`;

/** One `id:base64` pair with 256 bits, as MASTER_KEYS wants it. */
export const newMasterKeys = (): string => `m1:${randomBytes(32).toString("base64")}`;

/** A signing secret as Stripe makes them. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(24).toString("hex")}`;

/** Letters that need no escaping in a URL. */
export const newPassword = (): string => randomBytes(24).toString("base64url");
