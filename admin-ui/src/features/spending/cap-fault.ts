import { compareDecimals, parseDecimal } from "../../lib/decimal";

const WHOLE_CENTS = /^\d+(\.\d{1,2})?$/;
const MOST = "1000000000";

/** What is wrong with a cap that was typed; null when it is whole cents, from nothing to a billion dollars. */
export function capFault(typed: string): string | null {
  const cap = parseDecimal(typed);
  if (cap === null) return "Enter an amount, such as 50.00";
  if (compareDecimals(cap, "0") < 0) return "Nothing or more";
  if (!WHOLE_CENTS.test(cap)) return "Whole cents only";
  return compareDecimals(cap, MOST) > 0 ? "At most $1,000,000,000.00" : null;
}
