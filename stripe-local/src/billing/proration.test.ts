import { expect, test } from "vitest";
import { remaining, remainingTime, unusedTime } from "./proration.ts";

import fc from "fast-check";

const june = { start: Date.UTC(2026, 5, 1) / 1000, end: Date.UTC(2026, 6, 1) / 1000 };
const noon = (day: number): number => Date.UTC(2026, 5, day, 12) / 1000;

test.each([
  { amount: 9900, at: june.start, gives: 9900, why: "at the start all of it remains" },
  { amount: 9900, at: june.end, gives: 0, why: "at the end nothing remains" },
  { amount: 9900, at: Date.UTC(2026, 5, 16) / 1000, gives: 4950, why: "half of June" },
  { amount: 9900, at: june.end - 1, gives: 0, why: "the last second of 99 dollars is less than half a cent" },
  { amount: 49_900, at: noon(21), gives: 15_802, why: "9.5 of 30 days of 499 dollars, 15801.67 cents" },
  { amount: 1, at: Date.UTC(2026, 5, 16) / 1000, gives: 1, why: "half a cent rounds up" },
])("$why", ({ amount, at, gives }) => {
  expect(remaining(amount, june, at)).toBe(gives);
});

test("later never leaves more, and never more than the whole or less than nothing", () => {
  const amounts = fc.integer({ min: 0, max: 10_000_000 });
  const instants = fc.integer({ min: june.start - 1000, max: june.end + 1000 });
  fc.assert(
    fc.property(amounts, instants, instants, (amount, one, other) => {
      const early = remaining(amount, june, Math.min(one, other));
      const late = remaining(amount, june, Math.max(one, other));
      expect(late).toBeLessThanOrEqual(early);
      expect(early).toBeLessThanOrEqual(amount);
      expect(late).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("lines name the product, the quantity when it is not one, and the day", () => {
  expect(unusedTime("Starter", 1, noon(5))).toBe("Unused time on Starter after 05 Jun 2026");
  expect(remainingTime("Seat", 3, noon(15))).toBe("Remaining time on 3 × Seat after 15 Jun 2026");
});
