import { describe, expect, test } from "vitest";
import { boundary, type Cadence, periodContaining } from "./periods.ts";

import fc from "fast-check";

const seconds = (iso: string): number => Date.parse(iso) / 1000;
const iso = (at: number): string => new Date(at * 1000).toISOString().replace(".000Z", "Z");

const monthly: Cadence = { interval: "month", interval_count: 1 };

const instants = fc.integer({ min: seconds("2015-01-01T00:00:00Z"), max: seconds("2045-01-01T00:00:00Z") });
const cadences = fc.record({
  interval: fc.constantFrom("day", "week", "month", "year"),
  interval_count: fc.integer({ min: 1, max: 6 }),
});

describe("boundaries", () => {
  test.each([
    { anchor: "2026-01-31T10:00:00Z", index: 1, gives: "2026-02-28T10:00:00Z", why: "February has no 31st" },
    { anchor: "2026-01-31T10:00:00Z", index: 2, gives: "2026-03-31T10:00:00Z", why: "the 31st comes back" },
    { anchor: "2026-01-31T10:00:00Z", index: 3, gives: "2026-04-30T10:00:00Z", why: "April has 30 days" },
    { anchor: "2027-12-30T23:59:59Z", index: 2, gives: "2028-02-29T23:59:59Z", why: "2028 is a leap year" },
    { anchor: "2026-11-15T00:00:00Z", index: 2, gives: "2027-01-15T00:00:00Z", why: "the year turns" },
    { anchor: "2026-01-31T10:00:00Z", index: -1, gives: "2025-12-31T10:00:00Z", why: "boundaries go back too" },
  ])("$why", ({ anchor, index, gives }) => {
    expect(iso(boundary(seconds(anchor), monthly, index))).toBe(gives);
  });

  test("a leap day's year ends on the 28th and is the 29th again after four years", () => {
    const yearly: Cadence = { interval: "year", interval_count: 1 };
    const anchor = seconds("2028-02-29T12:00:00Z");
    expect(iso(boundary(anchor, yearly, 1))).toBe("2029-02-28T12:00:00Z");
    expect(iso(boundary(anchor, yearly, 4))).toBe("2032-02-29T12:00:00Z");
  });
});

describe("the period that contains an instant", () => {
  test("contains it, and has no gap to the next", () => {
    fc.assert(
      fc.property(instants, cadences, instants, (anchor, cadence, at) => {
        const period = periodContaining(anchor, cadence, at);
        expect(period.start).toBeLessThanOrEqual(at);
        expect(period.end).toBeGreaterThan(at);
        expect(periodContaining(anchor, cadence, period.end).start).toBe(period.end);
        expect(periodContaining(anchor, cadence, period.start)).toEqual(period);
      }),
    );
  });

  test("a year of months from any anchor is twelve periods", () => {
    fc.assert(
      fc.property(instants, (anchor) => {
        let at = anchor;
        for (let month = 0; month < 12; month += 1) at = periodContaining(anchor, monthly, at).end;
        expect(at).toBe(boundary(anchor, { interval: "year", interval_count: 1 }, 1));
      }),
    );
  });
});
