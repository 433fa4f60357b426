import { expect, test } from "vitest";
import { stepWords, sumsOf } from "./dunning-words";

test.each([
  [1, "Try 1 of 4, day 1"],
  [2, "Try 2 of 4, day 3"],
  [3, "Try 3 of 4, day 7"],
  [4, "Try 4 of 4, day 14"],
])("step %i reads %s", (step, words) => {
  expect(stepWords(step)).toBe(words);
});

test("amounts are added to the cent, and currencies stay apart", () => {
  const usd = (amount: string) => ({ amount, currency: "USD" });
  expect(sumsOf([usd("99.10"), usd("0.20"), { amount: "5", currency: "EUR" }])).toEqual([
    usd("99.3"),
    { amount: "5", currency: "EUR" },
  ]);
  expect(sumsOf([])).toEqual([]);
});
