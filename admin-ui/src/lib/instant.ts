/** Where an instant is shown: billing always in UTC, activity in the zone the viewer chose. */
export type Zone = "UTC" | "local";

const LOCALE = "en-GB";
const DAY_MS = 86_400_000;

const options = (zone: Zone, rest: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions =>
  zone === "UTC" ? { ...rest, timeZone: "UTC" } : rest;

const makers = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: Zone, rest: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(rest);
  const known = makers.get(key) ?? new Intl.DateTimeFormat(LOCALE, options(zone, rest));
  makers.set(key, known);
  return known;
}

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const SHORT_DAY = { day: "numeric", month: "short" } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const EXACT_CLOCK = { ...CLOCK, second: "2-digit" } as const;

const suffix = (zone: Zone) => (zone === "UTC" ? " UTC" : "");

/** "14 Apr 2026". */
export const formatDay = (instant: string, zone: Zone = "UTC"): string =>
  formatter(zone, DAY).format(new Date(instant));

/** "14 Apr". */
export const formatShortDay = (instant: string, zone: Zone = "UTC"): string =>
  formatter(zone, SHORT_DAY).format(new Date(instant));

/** "14 Apr 2026, 09:12 UTC". */
export const formatInstant = (instant: string, zone: Zone = "UTC"): string =>
  formatter(zone, { ...DAY, ...CLOCK }).format(new Date(instant)) + suffix(zone);

/** "14 Apr 2026, 09:12:05 UTC". */
export const formatExactInstant = (instant: string, zone: Zone = "UTC"): string =>
  formatter(zone, { ...DAY, ...EXACT_CLOCK }).format(new Date(instant)) + suffix(zone);

/** "09:12:05 UTC". */
export const formatClock = (instant: string, zone: Zone = "UTC"): string =>
  formatter(zone, EXACT_CLOCK).format(new Date(instant)) + suffix(zone);

const isMidnight = (instant: Date) => instant.getTime() % DAY_MS === 0;

/** A period's end is outside it: "1 - 31 Mar 2026 (UTC)" between midnights, else "14 Mar 2026, 09:12 - 14 Apr 2026, 09:12 UTC". */
export function formatPeriod(start: string, end: string): string {
  const [from, to] = [new Date(start), new Date(end)];
  if (!isMidnight(from) || !isMidnight(to)) {
    const clock = formatter("UTC", { ...DAY, ...CLOCK });
    return `${clock.format(from)} - ${clock.format(to)} UTC`;
  }
  const last = new Date(to.getTime() - 1);
  const sameMonth = from.getUTCMonth() === last.getUTCMonth() && from.getUTCFullYear() === last.getUTCFullYear();
  const first = sameMonth ? String(from.getUTCDate()) : formatter("UTC", DAY).format(from);
  return `${first} - ${formatter("UTC", DAY).format(last)} (UTC)`;
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const STEPS = [
  { unit: "day", ms: DAY_MS },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
] as const;

/** "3 minutes ago" within 7 days, or null beyond: then only the date says it. */
export function formatRelative(instant: string, now: number): string | null {
  const distance = new Date(instant).getTime() - now;
  if (Math.abs(distance) > 7 * DAY_MS) return null;
  for (const { unit, ms } of STEPS) {
    if (Math.abs(distance) >= ms) return relative.format(Math.trunc(distance / ms), unit);
  }
  return distance <= 0 ? "just now" : "in less than a minute";
}

/** Whole days from now to the instant, counting the day under way: 1 on the last day, 0 when it is over. */
export const daysLeft = (instant: string, now: number): number =>
  Math.max(0, Math.ceil((new Date(instant).getTime() - now) / DAY_MS));

/** A clock on the screen may be a minute behind: 14 days are not 15 because of it. */
const BEHIND_MS = 90_000;

/** "3 days", and on the last day the hours. */
export function formatTimeLeft(instant: string, now: number): string {
  const ms = Math.max(0, new Date(instant).getTime() - now - BEHIND_MS);
  if (ms > DAY_MS) return `${Math.ceil(ms / DAY_MS)} days`;
  const hours = Math.ceil(ms / 3_600_000);
  return hours === 1 ? "1 hour" : `${hours} hours`;
}
