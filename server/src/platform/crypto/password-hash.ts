import { hash, verify } from "@node-rs/argon2";

/** Argon2id, which is the default. @see OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same password typed on another keyboard may arrive composed differently. */
const normalize = (password: string): string => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => hash(normalize(password), parameters);

let decoy: Promise<string> | null = null;

/**
 * Whether the password is the one that was hashed.
 *
 * Takes as long when there is no hash to compare with, so that the time does not tell whether
 * somebody has an account.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  if (stored !== null) return verify(stored, normalize(password));
  decoy ??= hash("nobody has this password", parameters);
  await verify(await decoy, normalize(password));
  return false;
}
