import { expect, test } from "vitest";
import { columnsOf, daysBetween, findingOf, type UsageDay } from "./usage-days";

const money = { __typename: "Money" as const, amount: "0", currency: "USD" };
const day = (date: string, ...quantities: [("T0" | "T1") | null, string][]): UsageDay => ({
  __typename: "UsageDay",
  day: `${date}T00:00:00.000Z`,
  total: money,
  meters: quantities.map(([complexity, quantity]) => ({
    __typename: "MeterDay",
    meter: complexity ? "generations" : "api_calls",
    complexity,
    quantity,
    billable: "0",
    events: 1,
    amount: money,
  })),
});

const days = [day("2026-02-27", ["T0", "2"], ["T1", "1"], [null, "500"]), day("2026-03-02", ["T1", "4"])];

test("a day without usage keeps its place on the axis", () => {
  expect(columnsOf(days, "generations").map(({ label, total }) => `${label}: ${total}`)).toEqual([
    "27 Feb: 3 generations",
    "28 Feb: 0 generations",
    "1 Mar: 0 generations",
    "2 Mar: 4 generations",
  ]);
});

test("the title says what the chart found", () => {
  expect(findingOf(days, "generations")).toBe("Most on 2 Mar: 4 generations");
  expect(findingOf(days, "api_calls")).toBe("Most on 27 Feb: 500 calls");
  expect(findingOf(days, "compute")).toBe("No compute in this time");
});

test("days do not depend on the clock's changes", () => {
  expect(daysBetween("2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z")).toEqual([
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
  ]);
});
