const MONTH = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;

/**
 * An amount as people write it, for instance "$1,234.50".
 *
 * @param minor in the smallest unit of the currency, of which some have none
 */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency: currency.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const exact = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  // A numeric string keeps every digit, where a number would be rounded to a float.
  return format.format(`${sign}${exact}` as Intl.StringNumericLiteral);
}

/** A day in UTC, for instance "January 31, 2027". */
export const day = (instant: number): string => new Intl.DateTimeFormat("en-US", MONTH).format(instant * 1000);

/** For instance "12/2034". */
export const monthOf = ({ exp_month: month, exp_year: year }: { exp_month: number; exp_year: number }): string =>
  `${String(month).padStart(2, "0")}/${year}`;

/** "per month", "every 3 months". */
export const cadence = ({ interval, interval_count: count }: { interval: string; interval_count: number }): string =>
  count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;

const adverbs: Readonly<Record<string, string>> = { day: "daily", week: "weekly", month: "monthly", year: "yearly" };

/** "monthly", "every 3 months". */
export const rhythm = ({ interval, interval_count: count }: { interval: string; interval_count: number }): string =>
  count === 1 ? (adverbs[interval] ?? `every ${interval}`) : `every ${count} ${interval}s`;

const brands: Readonly<Record<string, string>> = { visa: "Visa", mastercard: "Mastercard", amex: "American Express" };

/** For instance "Visa ending in 4242". */
export const cardName = ({ brand, last4 }: { brand: string; last4: string }): string =>
  `${brands[brand] ?? brand} ending in ${last4}`;
