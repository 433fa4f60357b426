import { formatInstant, type Zone } from "../../lib/instant";
import type { Tone } from "../../ui/Status";

type Dates = { readonly revokedAt: string | null; readonly expiresAt: string | null };

export const isDead = ({ revokedAt, expiresAt }: Dates, now: number): boolean =>
  revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= now);

/** How a key stands, in a word or two. */
export function keyState(key: Dates, now: number, zone: Zone): { label: string; tone: Tone } {
  if (key.revokedAt !== null) return { label: "Revoked", tone: "plain" };
  if (key.expiresAt === null) return { label: "Active", tone: "good" };
  if (isDead(key, now)) return { label: "Expired", tone: "plain" };
  const isSoon = Date.parse(key.expiresAt) - now < 7 * 86_400_000;
  return isSoon
    ? { label: `Until ${formatInstant(key.expiresAt, zone)}`, tone: "warn" }
    : { label: "Active", tone: "good" };
}

const DAY_MS = 86_400_000;

/** Whether somebody would notice at once that the key is gone. */
export const wasUsedToday = (lastUsedAt: string | null, now: number): boolean =>
  lastUsedAt !== null && now - Date.parse(lastUsedAt) < DAY_MS;
