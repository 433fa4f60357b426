import { compareDecimals, isNegative, isZero, negate, readable } from "./decimal";

/** An amount of one currency as the API gives it. */
export type MoneyValue = { readonly amount: string; readonly currency: string };

/** `Intl` takes decimal strings exactly; its type asks for a numeric literal. */
export const exactly = (decimal: string) => decimal as `${number}`;

const LOCALE = "en-US";
const MOST_DIGITS = 100;

const makers = new Map<string, Intl.NumberFormat>();

function formatter(currency: string, digits: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`;
  const known = makers.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(LOCALE, {
    style: "currency",
    currency,
    currencyDisplay: currency === "USD" ? "narrowSymbol" : "code",
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
    roundingMode: "halfExpand",
  });
  makers.set(key, made);
  return made;
}

/** Every digit there is, at least two. For titles and what is copied. */
export const formatExact = ({ amount, currency }: MoneyValue): string =>
  formatter(currency, MOST_DIGITS).format(exactly(amount));

/** All digits, at least two: "$0.001". For unit prices and the amounts of events. What never ends is cut: "$0.677813…". */
export function formatDigits({ amount, currency }: MoneyValue): string {
  const { digits, isCut } = readable(amount);
  return formatExact({ amount: digits, currency }) + (isCut ? "…" : "");
}

/** Two digits: "$1,240.50". For amounts that are whole cents, as on an invoice. */
export const formatAmount = ({ amount, currency }: MoneyValue): string =>
  formatter(currency, 2).format(exactly(amount));

/** Two digits where exactness stands elsewhere; what is under a cent says so instead of reading as nothing. */
export function formatBrief(money: MoneyValue): string {
  const size = isNegative(money.amount) ? negate(money.amount) : money.amount;
  if (isZero(size) || compareDecimals(size, "0.01") >= 0) return formatAmount(money);
  const cent = formatAmount({ amount: "0.01", currency: money.currency });
  return isNegative(money.amount) ? `> -${cent}` : `< ${cent}`;
}
