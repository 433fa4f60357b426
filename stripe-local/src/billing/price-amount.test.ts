import { describe, expect, test } from "vitest";
import { readDecimal } from "./decimal.ts";
import { amountFor } from "./price-amount.ts";

import fc from "fast-check";

const quantity = (text: string): bigint => readDecimal(text) ?? 0n;

const perUnit = {
  billing_scheme: "per_unit" as const,
  tiers_mode: null,
  transform_quantity: null,
  unit_amount: null,
  unit_amount_decimal: "0.1",
};
const tier = (up_to: number | null, unit: string, flat: number | null = null) => ({
  up_to,
  unit_amount: null,
  unit_amount_decimal: unit,
  flat_amount: flat,
  flat_amount_decimal: flat === null ? null : String(flat),
});
const tiers = [tier(100, "0"), tier(1000, "2", 50), tier(null, "1")];
const tiered = (tiers_mode: "graduated" | "volume") => ({
  ...perUnit,
  billing_scheme: "tiered" as const,
  tiers_mode,
  tiers,
});
const packages = (round: "down" | "up") => ({
  ...perUnit,
  unit_amount_decimal: "100",
  transform_quantity: { divide_by: 10, round },
});

test.each([
  { price: perUnit, units: "12345", gives: 1235, why: "tenths of a cent add up before they are rounded" },
  { price: { ...perUnit, unit_amount: 9900, unit_amount_decimal: "9900" }, units: "3", gives: 29_700, why: "seats" },
  { price: tiered("graduated"), units: "100", gives: 0, why: "the free tier is free" },
  { price: tiered("graduated"), units: "101", gives: 52, why: "one unit in the second tier and its flat amount" },
  { price: tiered("graduated"), units: "1500", gives: 1800 + 50 + 500, why: "each unit at its own tier" },
  { price: tiered("volume"), units: "1500", gives: 1500, why: "all units at the tier they fall in" },
  { price: tiered("volume"), units: "1000", gives: 2050, why: "the top of a tier belongs to it" },
  { price: packages("up"), units: "11", gives: 200, why: "a package begun is a package" },
  { price: packages("down"), units: "19", gives: 100, why: "or only a full one is" },
  { price: packages("up"), units: "0", gives: 0, why: "nothing used is no package" },
  { price: packages("up"), units: "20.5", gives: 300, why: "half a unit begins a package" },
])("$why", ({ price, units, gives }) => {
  expect(amountFor(price, quantity(units))).toBe(gives);
});

describe("graduated prices", () => {
  test("using more never costs less", () => {
    const uses = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(uses, uses, (one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const price = tiered("graduated");
        expect(amountFor(price, quantity(String(less)))).toBeLessThanOrEqual(amountFor(price, quantity(String(more))));
      }),
    );
  });
});
