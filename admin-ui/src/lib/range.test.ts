import { expect, test } from "vitest";
import { rangeOf } from "./range";

const now = Date.parse("2026-03-10T12:00:00Z");
const periods = [{ id: "p1", start: "2026-02-14T09:00:00.000Z", end: "2026-03-14T09:00:00.000Z" }];
const none = { from: "", to: "" };

test.each([
  { choice: "current", dates: none, range: { from: null, to: null }, why: "the server knows the current period" },
  {
    choice: "p1",
    dates: none,
    range: { from: periods[0]?.start, to: periods[0]?.end },
    why: "a billing period by its id",
  },
  {
    choice: "7d",
    dates: none,
    range: { from: "2026-03-04T00:00:00.000Z", to: "2026-03-11T00:00:00.000Z" },
    why: "today is one of the seven",
  },
  {
    choice: "custom",
    dates: { from: "2026-03-01", to: "2026-03-01" },
    range: { from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T00:00:00.000Z" },
    why: "the last day is inclusive",
  },
  {
    choice: "custom",
    dates: { from: "2026-03-02", to: "2026-03-01" },
    range: { from: null, to: null },
    why: "backwards means nothing",
  },
  { choice: "gone", dates: none, range: { from: null, to: null }, why: "an unknown period means nothing" },
])("$choice $dates.from..$dates.to: $why", ({ choice, dates, range }) => {
  expect(rangeOf(choice, dates, periods, now)).toEqual(range);
});
