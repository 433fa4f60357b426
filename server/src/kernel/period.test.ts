import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "./clock.ts";
import { holds, lengthMs, monthsAfter, type Period, periodHolding, startOfDay } from "./period.ts";

const at = (text: string): Date => new Date(text.includes("T") ? text : `${text}T00:00:00Z`);
const instant = fc.date({ min: at("1970-01-01"), max: at("2170-12-31"), noInvalidDate: true });

describe("months after an anchor", () => {
  test.each([
    { anchor: "2026-01-15", months: 1, later: "2026-02-15", why: "the same day of the next month" },
    { anchor: "2026-01-31", months: 1, later: "2026-02-28", why: "February lacks the 31st" },
    { anchor: "2026-01-30", months: 1, later: "2026-02-28", why: "February lacks the 30th" },
    { anchor: "2026-01-29", months: 1, later: "2026-02-28", why: "a common February lacks the 29th" },
    { anchor: "2028-01-29", months: 1, later: "2028-02-29", why: "a leap February has the 29th" },
    { anchor: "2028-01-31", months: 1, later: "2028-02-29", why: "a leap February ends on the 29th" },
    { anchor: "2026-01-31", months: 2, later: "2026-03-31", why: "after the short month it comes back to the 31st" },
    { anchor: "2026-01-31", months: 3, later: "2026-04-30", why: "April ends on the 30th" },
    { anchor: "2028-02-29", months: 12, later: "2029-02-28", why: "a year after a leap day is the last of February" },
    { anchor: "2028-02-29", months: 48, later: "2032-02-29", why: "the next leap year has the day again" },
    { anchor: "1896-02-29", months: 48, later: "1900-02-28", why: "1900 was no leap year" },
    { anchor: "2000-02-29", months: 0, later: "2000-02-29", why: "2000 was one" },
    { anchor: "2026-12-31", months: 2, later: "2027-02-28", why: "over the end of a year" },
    { anchor: "2026-03-31", months: -1, later: "2026-02-28", why: "backwards" },
    { anchor: "2026-01-31", months: -11, later: "2025-02-28", why: "backwards over a year" },
    {
      anchor: "2026-01-31T23:59:59.999Z",
      months: 1,
      later: "2026-02-28T23:59:59.999Z",
      why: "the time of day stays, to the millisecond",
    },
  ])("$months from $anchor it is $later: $why", ({ anchor, months, later }) => {
    expect(monthsAfter(at(anchor), months)).toEqual(at(later));
  });

  test("come later the more there are, and in the calendar month that is counted to", () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -240, max: 240 }), (anchor, months) => {
        const then = monthsAfter(anchor, months);
        expect(then.getTime()).toBeLessThan(monthsAfter(anchor, months + 1).getTime());
        expect(then.getUTCFullYear() * 12 + then.getUTCMonth()).toBe(
          anchor.getUTCFullYear() * 12 + anchor.getUTCMonth() + months,
        );
        expect(then.getTime() - startOfDay(then).getTime()).toBe(anchor.getTime() - startOfDay(anchor).getTime());
      }),
    );
  });
});

describe("billing periods", () => {
  test("an anchor on the 31st starts on the last day of short months and comes back", () => {
    const starts = [
      "2027-10-31",
      "2027-11-30",
      "2027-12-31",
      "2028-01-31",
      "2028-02-29",
      "2028-03-31",
      "2028-04-30",
    ].map(at);
    for (const [index, start] of starts.slice(0, -1).entries()) {
      expect(periodHolding(at("2027-10-31"), start)).toEqual({ start, end: starts[index + 1] });
    }
  });

  test.each([
    {
      moment: "2026-02-27T23:59:59.999Z",
      start: "2026-01-31",
      end: "2026-02-28",
      why: "the last millisecond belongs to the period that ends",
    },
    {
      moment: "2026-02-28T00:00:00.000Z",
      start: "2026-02-28",
      end: "2026-03-31",
      why: "the exact end belongs to the next",
    },
    {
      moment: "2025-12-30T10:00:00Z",
      start: "2025-11-30",
      end: "2025-12-31",
      why: "instants before the anchor have periods too",
    },
  ])("$moment lies from $start to $end: $why", ({ moment, start, end }) => {
    expect(periodHolding(at("2026-01-31"), at(moment))).toEqual({ start: at(start), end: at(end) });
  });

  test("hold each instant exactly once: they touch, leave no gap and do not overlap", () => {
    fc.assert(
      fc.property(instant, instant, (anchor, moment) => {
        const period = periodHolding(anchor, moment);
        expect(holds(period, moment)).toBe(true);
        expect(periodHolding(anchor, period.start)).toEqual(period);
        expect(periodHolding(anchor, new Date(period.end.getTime() - 1))).toEqual(period);
        expect(periodHolding(anchor, period.end).start).toEqual(period.end);
        expect(periodHolding(anchor, new Date(period.start.getTime() - 1)).end).toEqual(period.start);
      }),
    );
  });

  test("are as long as a month: from 28 to 31 days", () => {
    fc.assert(
      fc.property(instant, instant, (anchor, moment) => {
        const days = lengthMs(periodHolding(anchor, moment)) / BigInt(DAY_MS);
        expect(days >= 28n && days <= 31n).toBe(true);
      }),
    );
  });

  test("include their start and exclude their end", () => {
    const period: Period = { start: at("2026-03-01"), end: at("2026-04-01") };
    expect(holds(period, period.start)).toBe(true);
    expect(holds(period, new Date(period.end.getTime() - 1))).toBe(true);
    expect(holds(period, period.end)).toBe(false);
    expect(holds(period, new Date(period.start.getTime() - 1))).toBe(false);
    expect(lengthMs(period)).toBe(31n * BigInt(DAY_MS));
  });
});

test("a day starts at midnight UTC and holds its instant", () => {
  fc.assert(
    fc.property(instant, (moment) => {
      const start = startOfDay(moment);
      expect(start.toISOString()).toMatch(/T00:00:00\.000Z$/);
      expect(moment.getTime() - start.getTime()).toBeGreaterThanOrEqual(0);
      expect(moment.getTime() - start.getTime()).toBeLessThan(DAY_MS);
    }),
  );
});
