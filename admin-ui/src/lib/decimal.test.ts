import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDecimals,
  compareDecimals,
  multiplyDecimals,
  negate,
  parseDecimal,
  shareOf,
  subtractDecimals,
  sumDecimals,
} from "./decimal";

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
    const whole = digits.slice(0, digits.length - scale);
    const text = scale === 0 ? whole : `${whole}.${digits.slice(digits.length - scale)}`;
    return units < 0n ? `-${text}` : text;
  });

test("adding and taking away again gives back the same amount", () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(compareDecimals(subtractDecimals(addDecimals(a, b), b), a)).toBe(0);
    }),
  );
});

test("the order of adding does not matter", () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(addDecimals(a, b)).toBe(addDecimals(b, a));
    }),
  );
});

test("multiplying distributes over adding", () => {
  fc.assert(
    fc.property(decimal, decimal, decimal, (a, b, c) => {
      expect(multiplyDecimals(a, addDecimals(b, c))).toBe(addDecimals(multiplyDecimals(a, b), multiplyDecimals(a, c)));
    }),
  );
});

test("comparing turns around with the sign", () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(compareDecimals(a, b)).toBe(compareDecimals(negate(b), negate(a)));
    }),
  );
});

test("what floats get wrong is right: a tenth and two tenths", () => {
  expect(addDecimals("0.1", "0.2")).toBe("0.3");
  expect(sumDecimals(["0.001", "1", "0.0000004"])).toBe("1.0010004");
});

describe("what people type", () => {
  test.each([
    { typed: "1,000.50", read: "1000.5", why: "grouping is left out" },
    { typed: " $ 12 ", read: "12", why: "signs and spaces are left out" },
    { typed: "-0.10", read: "-0.1", why: "the same amount in its shortest form" },
    { typed: "1.2.3", read: null, why: "not a number" },
    { typed: "1e3", read: null, why: "no exponents" },
    { typed: "", read: null, why: "nothing" },
  ])("$typed reads $read: $why", ({ typed, read }) => {
    expect(parseDecimal(typed)).toBe(read);
  });
});

test.each([
  { part: "812", whole: "1000", share: 0.812 },
  { part: "1", whole: "0", share: 1 },
  { part: "0", whole: "0", share: 0 },
  { part: "128", whole: "100", share: 1.28 },
])("$part of $whole is $share", ({ part, whole, share }) => {
  expect(shareOf(part, whole)).toBe(share);
});
