import { compareDecimals, parseDecimal } from "../../lib/decimal";
import { formatAmount, type MoneyValue } from "../../lib/money";

const WHOLE_CENTS = /^\d+(\.\d{1,2})?$/;

/** What is wrong with an amount that was typed; null when it is more than nothing, whole cents, and no more than is left. */
export function amountFault(typed: string, left: MoneyValue): string | null {
  const amount = parseDecimal(typed);
  if (amount === null) return "Enter an amount, such as 12.50";
  if (compareDecimals(amount, "0") <= 0) return "More than nothing";
  if (!WHOLE_CENTS.test(amount)) return "Whole cents only";
  return compareDecimals(amount, left.amount) > 0 ? `At most ${formatAmount(left)}` : null;
}
