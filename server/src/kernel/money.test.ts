import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exact, subtract, sum } from "./exact.ts";
import {
  majorFromMinor,
  majorFromNanos,
  minorFrom,
  minorFromMajor,
  nanosFromMajor,
  nanosFromMinor,
  NANOS_PER_MINOR,
} from "./money.ts";

const minor = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe("dollars and cents", () => {
  test.each([
    { cents: 9_900n, text: "99.00" },
    { cents: 0n, text: "0.00" },
    { cents: 5n, text: "0.05" },
    { cents: -5n, text: "-0.05" },
    { cents: -12_345n, text: "-123.45" },
    { cents: 10n ** 20n, text: "1000000000000000000.00" },
  ])("$cents cents are written $text", ({ cents, text }) => {
    expect(majorFromMinor(cents)).toBe(text);
  });

  test("are read back as they were written", () => {
    fc.assert(
      fc.property(minor, (cents) => {
        expect(minorFromMajor(majorFromMinor(cents))).toBe(cents);
      }),
    );
  });

  test.each([
    { text: "99", cents: 9_900n, why: "whole dollars" },
    { text: "99.5", cents: 9_950n, why: "one place" },
    { text: "99.500000", cents: 9_950n, why: "zeros at the end change nothing" },
    { text: "-0.01", cents: -1n, why: "below zero" },
    { text: "99.001", cents: null, why: "finer than a cent" },
    { text: "1e2", cents: null, why: "no plain decimal" },
    { text: "", cents: null, why: "nothing" },
  ])("$text as cents is $cents: $why", ({ text, cents }) => {
    expect(minorFromMajor(text)).toBe(cents);
  });

  test.each([
    { text: "0.0000004", nanos: 40_000n, why: "a small price of a call is a whole number" },
    { text: "0.00000000001", nanos: 1n, why: "eleven places are one nano-unit of a cent" },
    { text: "0.000000000001", nanos: null, why: "twelve places are too fine" },
    { text: "1", nanos: 100n * NANOS_PER_MINOR, why: "a dollar" },
    { text: "$1", nanos: null, why: "no plain decimal" },
  ])("$text as nano-units is $nanos: $why", ({ text, nanos }) => {
    expect(nanosFromMajor(text)).toBe(nanos);
  });

  test.each([
    { nanos: exact(150_000_000n), text: "0.0015" },
    { nanos: exact(0n), text: "0" },
    { nanos: exact(-50n * NANOS_PER_MINOR), text: "-0.5" },
    { nanos: exact(1n, 3n), text: "0.000000000003333333333333333333333333333" },
  ])("an exact amount is written $text", ({ nanos, text }) => {
    expect(majorFromNanos(nanos)).toBe(text);
  });
});

describe("rounding to the cent", () => {
  test.each([
    { dollars: "0.005", cents: 1n, why: "half a cent goes up" },
    { dollars: "0.00499999999", cents: 0n, why: "just below it goes down" },
    { dollars: "1.499", cents: 150n, why: "1,499 calls at a tenth of a cent" },
    { dollars: "-0.005", cents: 0n, why: "half a cent of credit goes up, to nothing" },
    { dollars: "-0.00500000001", cents: -1n, why: "more than half a cent of credit is a cent" },
  ])("$dollars dollars are $cents cents: $why", ({ dollars, cents }) => {
    expect(minorFrom(exact(nanosFromMajor(dollars) ?? 0n))).toBe(cents);
  });

  test("leaves whole cents as they are", () => {
    fc.assert(
      fc.property(minor, (cents) => {
        expect(minorFrom(nanosFromMinor(cents))).toBe(cents);
      }),
    );
  });

  test("once on the sum differs from the exact sum by half a cent at most, however many parts there are", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(minor, fc.bigInt({ min: 1n, max: 60_000n })), { maxLength: 50 }), (parts) => {
        const total = sum(parts.map(([numerator, denominator]) => exact(numerator, denominator)));
        const difference = subtract(nanosFromMinor(minorFrom(total)), total);
        expect(2n * difference.numerator <= NANOS_PER_MINOR * difference.denominator).toBe(true);
        expect(2n * difference.numerator > -NANOS_PER_MINOR * difference.denominator).toBe(true);
      }),
    );
  });
});
