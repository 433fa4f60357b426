/** What an invoice asks for once the customer's balance is taken into account; minor units. */
export type Settlement = {
  readonly amount_due: number;
  readonly starting_balance: number;
  readonly ending_balance: number;
};

/** The least that a card can be charged, in minor units. Currencies that are not here have no least. */
const leastCharge: Readonly<Record<string, number>> = {
  aud: 50,
  cad: 50,
  chf: 50,
  eur: 50,
  gbp: 30,
  jpy: 50,
  usd: 50,
};

/**
 * Settles `total` with the customer's balance.
 *
 * A negative balance is credit and is used up first; a positive one is owed and is added. A total
 * below zero becomes credit. What is too small to be charged is not asked for: it is owed until
 * the next invoice.
 *
 * @param total minor units, after taxes and discounts
 * @param balance minor units; below zero is in the customer's favour
 */
export function settle(total: number, balance: number, currency: string): Settlement {
  const owed = total + balance;
  if (owed <= 0) return { amount_due: 0, starting_balance: balance, ending_balance: owed };
  if (owed < (leastCharge[currency] ?? 0)) return { amount_due: 0, starting_balance: balance, ending_balance: owed };
  return { amount_due: owed, starting_balance: balance, ending_balance: 0 };
}

export const sumOf = (lines: readonly { readonly amount: number }[]): number =>
  lines.reduce((sum, line) => sum + line.amount, 0);
