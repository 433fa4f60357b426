import { expect, test } from "vitest";
import { settle } from "./invoice-totals.ts";

import fc from "fast-check";

test.each([
  { total: 9900, balance: 0, due: 9900, ending: 0, why: "without a balance the total is due" },
  { total: 9900, balance: -3000, due: 6900, ending: 0, why: "credit is used first" },
  { total: 9900, balance: -12_000, due: 0, ending: -2100, why: "credit that is left stays" },
  { total: 9900, balance: 25, due: 9925, ending: 0, why: "what is owed is added" },
  { total: -4950, balance: 0, due: 0, ending: -4950, why: "a negative total becomes credit" },
  { total: 0, balance: -500, due: 0, ending: -500, why: "nothing due leaves the credit alone" },
  { total: 49, balance: 0, due: 0, ending: 49, why: "49 cents cannot be charged and are owed" },
  { total: 50, balance: 0, due: 50, ending: 0, why: "50 cents can" },
  { total: 1, balance: 49, due: 50, ending: 0, why: "owed cents add up to a charge" },
])("$why", ({ total, balance, due, ending }) => {
  expect(settle(total, balance, "usd")).toEqual({ amount_due: due, starting_balance: balance, ending_balance: ending });
});

test("nothing is lost: what is due and what stays on the balance are the total and the balance before", () => {
  const amounts = fc.integer({ min: -1_000_000, max: 1_000_000 });
  fc.assert(
    fc.property(amounts, amounts, fc.constantFrom("usd", "eur", "jpy", "xxx"), (total, balance, currency) => {
      const settled = settle(total, balance, currency);
      expect(settled.amount_due + settled.ending_balance).toBe(total + balance);
      expect(settled.amount_due).toBeGreaterThanOrEqual(0);
    }),
  );
});
