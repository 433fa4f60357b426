import { isNegative, parseDecimal } from "../../lib/decimal";

/** What is wrong with a monthly price as it is typed, or null. Whether it is high enough is the server's to say. */
export function monthlyPriceFault(text: string): string | null {
  const decimal = parseDecimal(text);
  if (decimal === null || isNegative(decimal)) return "Enter an amount, such as 2,600.00";
  return /\.\d{3}/.test(decimal) ? "Whole cents only" : null;
}
