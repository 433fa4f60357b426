import { describe, expect, test } from "vitest";
import { type MeterRating, ratingSteps } from "./rating-steps";

const usd = (amount: string) => ({ __typename: "Money" as const, amount, currency: "USD" });

const rating = (values: Partial<MeterRating>): MeterRating => ({
  __typename: "MeterRating",
  meter: "generations",
  unit: "generation",
  quantity: "1",
  usedBefore: "1040",
  allowance: "1000",
  included: "0",
  billable: "1",
  overLimit: "0",
  multiplier: "1",
  unitPrice: usd("0.25"),
  amount: usd("0.25"),
  adjustments: [],
  ...values,
});

const plain = { trial: false, failed: false, voidedAt: null };
const last = (values: Partial<MeterRating>) => ratingSteps(rating(values), plain).at(-1);

describe("each step says what happened to the units", () => {
  test("a billable premium unit shows its number, its price and the factor", () => {
    expect(ratingSteps(rating({ multiplier: "2", amount: usd("0.5") }), plain)).toEqual([
      "It counts as 1 generation.",
      "It was number 1,041 of the period; 1,000 are included.",
      "1 generation billable: 1 x $0.25 x 2 (premium model) = $0.50.",
    ]);
  });

  test.each([
    {
      values: { included: "1", billable: "0", amount: usd("0") },
      step: "1 generation included: nothing to pay.",
      why: "within the allowance",
    },
    {
      values: { overLimit: "1", billable: "0", amount: usd("0") },
      step: "1 generation over the plan's limit: recorded, not billed.",
      why: "past a hard limit",
    },
    {
      values: { unitPrice: null, amount: usd("0.4") },
      step: "1 generation billable: by the plan's price, $0.40.",
      why: "tiers have no single price",
    },
    {
      values: { amount: usd("0.2") },
      step: "1 generation billable: $0.25 a generation when it came, $0.20 now.",
      why: "a product that is not the amount is not shown as one",
    },
  ])("$why", ({ values, step }) => {
    expect(last(values)).toBe(step);
  });

  test("a quantity keeps all its digits", () => {
    const compute = rating({
      meter: "compute",
      unit: "minute",
      quantity: "1.704633",
      usedBefore: "99.5",
      allowance: "100",
      included: "0.5",
      billable: "1.204633",
      unitPrice: usd("0.05"),
      amount: usd("0.06023165"),
    });
    expect(ratingSteps(compute, plain)).toEqual([
      "It counts as 1.704633 minutes, past the first minute of its task.",
      "99.5 of 100 minutes were used before it.",
      "0.5 minutes included: nothing to pay.",
      "1.204633 minutes billable: 1.204633 x $0.05 = $0.06023165.",
    ]);
  });

  test("trial, failed and voided say so instead of a price", () => {
    expect(ratingSteps(rating({}), { ...plain, trial: true })).toContain(
      "It came during the trial: recorded and rated at zero.",
    );
    expect(ratingSteps(rating({}), { ...plain, failed: true }).at(-1)).toMatch(/not billed/);
    expect(ratingSteps(rating({}), { ...plain, voidedAt: "2026-01-01T00:00:00Z" }).at(-1)).toMatch(/voided/);
  });

  test("an allowance without end says so", () => {
    expect(ratingSteps(rating({ allowance: null, included: "1", billable: "0" }), plain)).toContain(
      "The plan includes this without limit.",
    );
  });
});
