/** A span of time that includes its start and excludes its end. Instants are UTC. */
export type Period = { readonly start: Date; readonly end: Date };

export const holds = ({ start, end }: Period, instant: Date): boolean =>
  start.getTime() <= instant.getTime() && instant.getTime() < end.getTime();

export const lengthMs = ({ start, end }: Period): bigint => BigInt(end.getTime() - start.getTime());

/**
 * The instant `months` calendar months after `anchor`, at the same time of day.
 *
 * A day that the month lacks becomes its last day; counting from the anchor, not from the period
 * before, lets an anchor on the 31st come back to the 31st after a short month.
 */
export function monthsAfter(anchor: Date, months: number): Date {
  const year = anchor.getUTCFullYear();
  const month = anchor.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const at = new Date(anchor.getTime());
  at.setUTCDate(1);
  at.setUTCFullYear(year, month, Math.min(anchor.getUTCDate(), lastDay));
  return at;
}

/** The monthly period, counted from `anchor`, that holds `instant`. Instants before the anchor belong to earlier periods. */
export function periodHolding(anchor: Date, instant: Date): Period {
  let index =
    (instant.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + (instant.getUTCMonth() - anchor.getUTCMonth());
  if (instant.getTime() < monthsAfter(anchor, index).getTime()) index -= 1;
  return { start: monthsAfter(anchor, index), end: monthsAfter(anchor, index + 1) };
}

/** Midnight UTC of the day that holds `instant`. */
export const startOfDay = (instant: Date): Date =>
  new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()));
