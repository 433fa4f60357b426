export type Interval = "day" | "week" | "month" | "year";

/** How often a price recurs, as on a price's `recurring`. */
export type Cadence = { readonly interval: Interval; readonly interval_count: number };

/** Unix seconds; the start is in it, the end is not. */
export type Period = { readonly start: number; readonly end: number };

const DAY = 86_400;

/** Seconds of `days` days. */
export const days = (count: number): number => count * DAY;

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** `months` after `anchor`, in UTC. A day that the month does not have falls on its last day. */
function addMonths(anchor: number, months: number): number {
  const from = new Date(anchor * 1000);
  const month = from.getUTCFullYear() * 12 + from.getUTCMonth() + months;
  const year = Math.floor(month / 12);
  const monthOfYear = month - year * 12;
  const day = Math.min(from.getUTCDate(), daysInMonth(year, monthOfYear));
  const secondOfDay = anchor - Math.floor(anchor / DAY) * DAY;
  return Date.UTC(year, monthOfYear, day) / 1000 + secondOfDay;
}

/**
 * The `index`-th boundary between periods that are counted from `anchor`; 0 is the anchor itself.
 *
 * Every boundary is counted from the anchor and never from the boundary before, so that a
 * subscription of the 31st comes back to the 31st after February.
 */
export function boundary(anchor: number, { interval, interval_count }: Cadence, index: number): number {
  const steps = index * interval_count;
  switch (interval) {
    case "day":
      return anchor + days(steps);
    case "week":
      return anchor + days(7 * steps);
    case "month":
      return addMonths(anchor, steps);
    case "year":
      return addMonths(anchor, 12 * steps);
  }
}

const longestSeconds: Record<Interval, number> = { day: DAY, week: 7 * DAY, month: 31 * DAY, year: 366 * DAY };

/** The period of the anchor's calendar that contains `at`, also when `at` is before the anchor. */
export function periodContaining(anchor: number, cadence: Cadence, at: number): Period {
  let index = Math.floor((at - anchor) / (longestSeconds[cadence.interval] * cadence.interval_count));
  while (boundary(anchor, cadence, index) > at) index -= 1;
  while (boundary(anchor, cadence, index + 1) <= at) index += 1;
  return { start: boundary(anchor, cadence, index), end: boundary(anchor, cadence, index + 1) };
}
