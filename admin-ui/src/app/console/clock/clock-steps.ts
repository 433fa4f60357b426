const DAY_MS = 86_400_000;

/** Time moves at most two years at once. */
const LONGEST_STEP_MS = 732 * DAY_MS;

export type Step = { readonly value: string; readonly label: string; readonly to: string };

/** The end of a period that time can be moved to: of one organization, or the next one of all. */
export type PeriodAhead = { readonly label: string; readonly end: string };

/** The steps that are offered; a period's end only where one is known and lies ahead. */
export function stepsFrom(now: number, period: PeriodAhead | null): Step[] {
  const after = (days: number) => new Date(now + days * DAY_MS).toISOString();
  const steps = [
    { value: "day", label: "1 day", to: after(1) },
    { value: "week", label: "1 week", to: after(7) },
    { value: "month", label: "1 month", to: monthAfter(now) },
  ];
  if (!period || Date.parse(period.end) <= now) return steps;
  return [...steps, { value: "period", label: period.label, to: period.end }];
}

/** The same day and time of the next month in UTC, or the month's last day where it has no such day. */
function monthAfter(now: number): string {
  const at = new Date(now);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + 1);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return at.toISOString();
}

/** The nearest of the ends that lie ahead. */
export const nextEnd = (ends: readonly string[], now: number): string | null =>
  ends.filter((end) => Date.parse(end) > now).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;

/**
 * Reads what a `datetime-local` field holds as UTC.
 *
 * @returns the instant, or what is wrong with it in words
 */
export function readMoment(text: string, now: number): { readonly at: string } | { readonly fault: string } {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(at)) return { fault: "Enter a date and a time" };
  if (at <= now) return { fault: "The clock moves forward only" };
  if (at - now > LONGEST_STEP_MS) return { fault: "At most two years at a time" };
  return { at: new Date(at).toISOString() };
}
