const DAY_MS = 86_400_000;

/** Time moves at most two years at once. */
const LONGEST_STEP_MS = 732 * DAY_MS;

export type Step = { readonly value: string; readonly label: string; readonly to: string };

type Period = { readonly organization: string; readonly end: string };

/** The steps that are offered; a period's end only where one organization is looked at. */
export function stepsFrom(now: number, period: Period | null): Step[] {
  const after = (days: number) => new Date(now + days * DAY_MS).toISOString();
  const steps = [
    { value: "day", label: "1 day", to: after(1) },
    { value: "week", label: "1 week", to: after(7) },
  ];
  if (!period || Date.parse(period.end) <= now) return steps;
  return [...steps, { value: "period", label: `To the end of the period of ${period.organization}`, to: period.end }];
}

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
