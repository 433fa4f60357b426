import { describe, expect, test } from "vitest";
import { daysLeft, formatInstant, formatPeriod, formatRelative, formatTimeLeft } from "./instant";

const now = Date.parse("2026-03-10T12:00:00Z");
const later = (ms: number) => new Date(now + ms).toISOString();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("a period ends before its end", () => {
  test.each([
    { start: "2026-03-01T00:00:00Z", end: "2026-04-01T00:00:00Z", shown: "1 - 31 Mar 2026 (UTC)" },
    { start: "2026-03-31T00:00:00Z", end: "2026-04-30T00:00:00Z", shown: "31 Mar 2026 - 29 Apr 2026 (UTC)" },
    {
      start: "2026-03-14T09:12:00Z",
      end: "2026-04-14T09:12:00Z",
      shown: "14 Mar 2026, 09:12 - 14 Apr 2026, 09:12 UTC",
    },
  ])("$start to $end reads $shown", ({ start, end, shown }) => {
    expect(formatPeriod(start, end)).toBe(shown);
  });
});

test("an instant in UTC says so", () => {
  expect(formatInstant("2026-04-14T09:12:30Z")).toBe("14 Apr 2026, 09:12 UTC");
});

describe("how long ago", () => {
  test.each([
    { ms: -20_000, shown: "just now" },
    { ms: -3 * 60_000, shown: "3 minutes ago" },
    { ms: -5 * HOUR, shown: "5 hours ago" },
    { ms: -DAY, shown: "yesterday" },
    { ms: 2 * HOUR, shown: "in 2 hours" },
    { ms: -8 * DAY, shown: null },
  ])("$ms ms away reads $shown", ({ ms, shown }) => {
    expect(formatRelative(later(ms), now)).toBe(shown);
  });
});

describe("a trial's last day counts hours", () => {
  test.each([
    { ms: 13.2 * DAY, shown: "14 days" },
    { ms: DAY + HOUR, shown: "2 days" },
    { ms: 14 * DAY + 60_000, shown: "14 days" },
    { ms: DAY, shown: "24 hours" },
    { ms: HOUR / 2, shown: "1 hour" },
    { ms: -HOUR, shown: "0 hours" },
  ])("$ms ms left reads $shown", ({ ms, shown }) => {
    expect(formatTimeLeft(later(ms), now)).toBe(shown);
  });

  test("days left count the day under way", () => {
    expect(daysLeft(later(1), now)).toBe(1);
    expect(daysLeft(later(-1), now)).toBe(0);
  });
});
