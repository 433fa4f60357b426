import { hash, randomBytes } from "node:crypto";

/** A token of 256 random bits, fit for a URL. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** How a secret with enough randomness of its own is stored and found again. */
export const hashSecret = (secret: string): string => hash("sha256", secret, "hex");
