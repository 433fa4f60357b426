import { compareDecimals, subtractDecimals, sumDecimals } from "../../lib/decimal";
import type { MoneyValue } from "../../lib/money";

type PaidInvoice = { readonly total: MoneyValue; readonly credited: MoneyValue };

/** What of the paid invoices was not given back yet: the guarantee gives all of it. */
export function leftToGiveBack(invoices: readonly PaidInvoice[]): {
  readonly amount: MoneyValue;
  readonly invoices: number;
} {
  const left = invoices
    .map(({ total, credited }) => subtractDecimals(total.amount, credited.amount))
    .filter((amount) => compareDecimals(amount, "0") > 0);
  return {
    amount: { amount: sumDecimals(left), currency: invoices[0]?.total.currency ?? "USD" },
    invoices: left.length,
  };
}
