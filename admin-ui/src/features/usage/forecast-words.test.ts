import { expect, test } from "vitest";
import { forecastWords, type ForecastFigures } from "./forecast-words";

const forecast: ForecastFigures = {
  unit: "generation",
  used: "812",
  allowance: "1000",
  limitKind: "OVERAGE",
  expected: "1310",
  reachedAt: "2027-04-09T10:00:00.000Z",
  expectedAmount: { amount: "77.5", currency: "USD" },
  reason: null,
  days: 7,
  periodEnd: "2027-04-14T00:00:00.000Z",
};

test.each([
  {
    change: {},
    sentence:
      "At the pace of the last 7 days, about 1,310 generations by 14 Apr. The allowance lasts until 9 Apr 2027, 10:00 UTC; then the overage of this period comes to about $77.50.",
    ends: true,
    why: "the allowance ends before the period, and more is billed",
  },
  {
    change: { limitKind: "HARD" as const },
    sentence:
      "At the pace of the last 7 days, about 1,310 generations by 14 Apr. The allowance lasts until 9 Apr 2027, 10:00 UTC; then new work is refused until 14 Apr.",
    ends: true,
    why: "a hard limit costs nothing, and stops work",
  },
  {
    change: { used: "1040", reachedAt: null },
    sentence:
      "At the pace of the last 7 days, about 1,310 generations by 14 Apr. The allowance is used up: the overage of this period comes to about $77.50.",
    ends: false,
    why: "the allowance is used up already",
  },
  {
    change: { expected: "1000", reachedAt: null },
    sentence: "At the pace of the last 7 days, about 1,000 generations by 14 Apr: within the allowance.",
    ends: false,
    why: "all of the allowance is still within it",
  },
  {
    change: { allowance: null, reachedAt: null },
    sentence: "At the pace of the last 7 days, about 1,310 generations by 14 Apr. Nothing limits it.",
    ends: false,
    why: "unlimited",
  },
  {
    change: { reachedAt: null },
    sentence:
      "At the pace of the last 7 days, about 1,310 generations by 14 Apr. Work under way uses up the allowance; then the overage of this period comes to about $77.50.",
    ends: true,
    why: "what is held alone is more than is left",
  },
  {
    change: { expected: null, expectedAmount: null, reachedAt: null, reason: "TOO_EARLY" as const, days: null },
    sentence: "Too early to tell: a forecast needs three whole days of the period.",
    ends: false,
    why: "too little has elapsed",
  },
])("$why", ({ change, sentence, ends }) => {
  expect(forecastWords({ ...forecast, ...change })).toEqual({ sentence, ends });
});
