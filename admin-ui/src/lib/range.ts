/** The ranges of time that usage pages can show. */
export type Range = {
  /** The first moment in it; null with `to` null: the current period. */
  readonly from: string | null;
  /** The first moment after it. */
  readonly to: string | null;
};

export type Period = { readonly id: string; readonly start: string; readonly end: string };

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d\d-\d\d$/;

export const CURRENT = "current";
export const CUSTOM = "custom";

const atMidnight = (date: string, addDays = 0): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + addDays * DAY_MS).toISOString();

export const isDate = (text: string): boolean => DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/**
 * What a chosen period means in instants. Dates are inclusive UTC days; rolling ranges are whole days, today's among them.
 *
 * @param choice "current", "7d", "30d", "custom" or the id of a billing period
 * @returns the current period where the choice means nothing
 */
export function rangeOf(
  choice: string,
  dates: { from: string; to: string },
  periods: readonly Period[],
  now: number,
): Range {
  const today = new Date(now).toISOString().slice(0, 10);
  if (choice === "7d") return { from: atMidnight(today, -6), to: atMidnight(today, 1) };
  if (choice === "30d") return { from: atMidnight(today, -29), to: atMidnight(today, 1) };
  if (choice === CUSTOM && isDate(dates.from) && isDate(dates.to) && dates.from <= dates.to) {
    return { from: atMidnight(dates.from), to: atMidnight(dates.to, 1) };
  }
  const period = periods.find(({ id }) => id === choice);
  return period ? { from: period.start, to: period.end } : { from: null, to: null };
}
