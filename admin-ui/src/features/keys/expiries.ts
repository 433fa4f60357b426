const DAY_MS = 86_400_000;

export const EXPIRIES = [
  { value: "never", label: "Never", days: null },
  { value: "30d", label: "In 30 days", days: 30 },
  { value: "90d", label: "In 90 days", days: 90 },
  { value: "365d", label: "In a year", days: 365 },
] as const;

/** The instant a choice means; keys run on the real time. */
export function expiryOf(choice: string, now: number = Date.now()): string | null {
  const days = EXPIRIES.find(({ value }) => value === choice)?.days ?? null;
  return days === null ? null : new Date(now + days * DAY_MS).toISOString();
}

/** How long the old secret works beside the new one. */
export const OVERLAPS = [
  { value: "0", label: "Not at all: the old secret stops at once" },
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "1 day" },
  { value: "604800", label: "7 days" },
] as const;
