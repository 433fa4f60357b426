import { sumDecimals } from "../../../lib/decimal";
import type { MoneyValue } from "../../../lib/money";

/** The days after the first failure on which the card is tried again. */
const TRY_DAYS = [1, 3, 7, 14] as const;

/** "Try 2 of 4, day 3". @param step 1 to 4 */
export const stepWords = (step: number): string => `Try ${step} of ${TRY_DAYS.length}, day ${TRY_DAYS[step - 1] ?? 14}`;

/** The amounts together, for each currency by itself: currencies are never added. */
export function sumsOf(amounts: readonly MoneyValue[]): readonly MoneyValue[] {
  const currencies = [...new Set(amounts.map(({ currency }) => currency))];
  return currencies.map((currency) => ({
    currency,
    amount: sumDecimals(amounts.filter((each) => each.currency === currency).map(({ amount }) => amount)),
  }));
}
