import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, divide, exact, negate, parseDecimal, roundHalfUp, subtract, sum, toDecimal, zero } from "./exact.ts";

const size = (value: bigint): bigint => (value < 0n ? -value : value);

const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const exactNumber = fc.tuple(whole, fc.bigInt({ min: 1n, max: 10n ** 12n })).map(([a, b]) => exact(a, b));

/** Plain decimals as `toDecimal` writes them: no leading or trailing zeros, at most 28 significant digits. */
const writtenDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 28n - 1n), max: 10n ** 28n - 1n }), fc.nat({ max: 28 }))
  .map(([digits, places]) => {
    const written = size(digits)
      .toString()
      .padStart(places + 1, "0");
    const fraction = written.slice(written.length - places).replace(/0+$/, "");
    const text = written.slice(0, written.length - places) + (places > 0 && fraction !== "" ? `.${fraction}` : "");
    return digits < 0n ? `-${text}` : text;
  });

describe("an exact number", () => {
  test("is the same in its lowest terms, whatever it was made of", () => {
    expect(exact(50n, 100n)).toEqual({ numerator: 1n, denominator: 2n });
    expect(exact(-6n, 4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(exact(0n, 7n)).toEqual(zero);
  });

  test.each([0n, -1n])("cannot have the denominator %s", (denominator) => {
    expect(() => exact(1n, denominator)).toThrow(RangeError);
  });

  test("adds in any order and grouping to the same sum", () => {
    fc.assert(
      fc.property(exactNumber, exactNumber, exactNumber, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(sum([c, b, a]));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(add(a, negate(a))).toEqual(zero);
      }),
    );
  });

  test("divided into parts, the parts add up to it again", () => {
    fc.assert(
      fc.property(exactNumber, fc.bigInt({ min: 1n, max: 40n }), (a, parts) => {
        expect(sum(Array.from({ length: Number(parts) }, () => divide(a, parts)))).toEqual(a);
      }),
    );
  });
});

describe("rounding half up", () => {
  test.each([
    { value: "0.5", rounded: 1n, why: "a half goes up" },
    { value: "-0.5", rounded: 0n, why: "up is towards positive infinity, also below zero" },
    { value: "1.5", rounded: 2n, why: "a half goes up, not to the even neighbour" },
    { value: "2.5", rounded: 3n, why: "a half goes up, not to the even neighbour" },
    { value: "-1.5", rounded: -1n, why: "a credit of one and a half is one" },
    { value: "-1.51", rounded: -2n, why: "past the half it is the nearer one" },
    { value: "0.4999999999999999999999999999", rounded: 0n, why: "just below the half goes down" },
    { value: "-0.50000000000000000000000001", rounded: -1n, why: "just past the half goes away" },
    { value: "7", rounded: 7n, why: "a whole number stays" },
    { value: "-7", rounded: -7n, why: "a whole number stays, also below zero" },
  ])("makes $value $rounded: $why", ({ value, rounded }) => {
    expect(roundHalfUp(parseDecimal(value) ?? zero)).toBe(rounded);
  });

  test("never moves a number by more than a half, and a half only upwards", () => {
    fc.assert(
      fc.property(exactNumber, (a) => {
        const moved = subtract(exact(roundHalfUp(a)), a);
        expect(2n * moved.numerator).toBeLessThanOrEqual(moved.denominator);
        expect(2n * moved.numerator).toBeGreaterThan(-moved.denominator);
      }),
    );
  });
});

describe("decimals", () => {
  test.each([
    { text: "0", numerator: 0n, denominator: 1n },
    { text: "-12.0015", numerator: -24_003n, denominator: 2_000n },
    { text: "+3.50", numerator: 7n, denominator: 2n },
    { text: "000.10", numerator: 1n, denominator: 10n },
    { text: "-0", numerator: 0n, denominator: 1n },
  ])("$text is read exactly", ({ text, numerator, denominator }) => {
    expect(parseDecimal(text)).toEqual({ numerator, denominator });
  });

  test.each([
    "",
    " ",
    "1e3",
    "1E3",
    ".5",
    "5.",
    "1,000",
    "0x1f",
    "NaN",
    "Infinity",
    "--1",
    "1.2.3",
    "1 ",
    " 1",
    "١",
    "1_000",
  ])("%j is none", (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  test("of up to 28 digits are written as they were read", () => {
    fc.assert(
      fc.property(writtenDecimal, (text) => {
        expect(toDecimal(parseDecimal(text) ?? zero)).toBe(text === "-0" ? "0" : text);
      }),
    );
  });

  test.each([
    { numerator: 1n, denominator: 3n, text: "0.3333333333333333333333333333", why: "28 digits of what never ends" },
    { numerator: 2n, denominator: 3n, text: "0.6666666666666666666666666667", why: "the last digit is rounded" },
    {
      numerator: -2n,
      denominator: 3n,
      text: "-0.6666666666666666666666666667",
      why: "a credit looks like the charge it takes back",
    },
    { numerator: 100n, denominator: 3n, text: "33.33333333333333333333333333", why: "digits before the point count" },
    {
      numerator: 1n,
      denominator: 3_000n,
      text: "0.0003333333333333333333333333333",
      why: "zeros in front do not count",
    },
    {
      numerator: 1n,
      denominator: 10n ** 40n,
      text: `0.${"0".repeat(39)}1`,
      why: "there is no exponent, however small it is",
    },
    {
      numerator: 10n ** 40n,
      denominator: 1n,
      text: `1${"0".repeat(40)}`,
      why: "nor however large: whole numbers are never cut",
    },
    {
      numerator: 10n ** 30n + 1n,
      denominator: 2n,
      text: "500000000000000000000000000001",
      why: "past 28 digits before the point the rest is rounded half up",
    },
    {
      numerator: 10n ** 28n * 10n - 1n,
      denominator: 10n ** 29n,
      text: "1",
      why: "rounding may carry through all digits",
    },
    { numerator: 5n, denominator: 10n, text: "0.5", why: "no zeros at the end" },
  ])("$numerator / $denominator is written $text: $why", ({ numerator, denominator, text }) => {
    expect(toDecimal(exact(numerator, denominator))).toBe(text);
  });

  test("have no needless zeros, and miss the number they stand for by less than its 27th digit", () => {
    fc.assert(
      fc.property(exactNumber, (a) => {
        const text = toDecimal(a);
        expect(text).toMatch(/^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/);
        const error = subtract(parseDecimal(text) ?? zero, a);
        expect(size(error.numerator) * 10n ** 27n * a.denominator <= size(a.numerator) * error.denominator).toBe(true);
      }),
    );
  });
});
