import { expect, test } from "vitest";
import { decimalOf, divideHalfUp, readDecimal, wholeOf, wholeProduct, writeDecimal } from "./decimal.ts";

import fc from "fast-check";

const read = (text: string): bigint => readDecimal(text) ?? 0n;

test.each([
  { unit: "0.1", quantity: "5", gives: 1, why: "half a cent rounds up" },
  { unit: "0.1", quantity: "4", gives: 0, why: "less than half is nothing" },
  { unit: "-0.1", quantity: "5", gives: -1, why: "a credit rounds as its debit does" },
  { unit: "0.000000000001", quantity: "500000000000", gives: 1, why: "the last of twelve places counts" },
  { unit: "9900", quantity: "1", gives: 9900, why: "whole prices stay whole" },
  { unit: "10", quantity: "0.333333333333", gives: 3, why: "quantities may be decimals" },
])("$why", ({ unit, quantity, gives }) => {
  expect(wholeProduct(read(unit), read(quantity))).toBe(gives);
});

test("what was written is read again", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (decimal) => {
      expect(readDecimal(writeDecimal(decimal))).toBe(decimal);
    }),
  );
});

test.each(["", "1.", ".5", "1e3", "0x1", "1.0000000000001", "--1", " 1"])("%j is not a decimal", (text) => {
  expect(readDecimal(text)).toBeNull();
});

test("rounding is never off by more than half", () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 15n }), (dividend, divisor) => {
      const gap = divideHalfUp(dividend, divisor) * divisor - dividend;
      expect(2n * (gap < 0n ? -gap : gap)).toBeLessThanOrEqual(divisor);
    }),
  );
});

test("a whole number is itself", () => {
  fc.assert(
    fc.property(fc.integer(), (whole) => {
      expect(wholeOf(decimalOf(whole))).toBe(whole);
    }),
  );
});
