import { expect, test } from "vitest";
import { allowedOf, reasonLabel, refusedOf, refusedShare, stepLabel } from "./decision-words";

const outcomes = [
  { outcome: "ALLOWED", count: "970" },
  { outcome: "RATE_LIMITED", count: "20" },
  { outcome: "QUOTA_EXCEEDED", count: "10" },
];

test("all that was not allowed was refused", () => {
  expect(allowedOf(outcomes)).toBe("970");
  expect(refusedOf(outcomes)).toBe("30");
  expect(refusedShare(outcomes)).toBe("3%");
});

test.each([
  { given: [], share: "-", why: "nobody asked" },
  { given: [{ outcome: "ALLOWED", count: "5" }], share: "0%", why: "nobody was refused" },
  {
    given: [
      { outcome: "ALLOWED", count: "100000" },
      { outcome: "RATE_LIMITED", count: "1" },
    ],
    share: "under 0.1%",
    why: "a single refusal is not nothing",
  },
])("$why: $share", ({ given, share }) => {
  expect(refusedShare(given)).toBe(share);
});

test("hours show their time, days do not, and a reason that is not known here keeps its code", () => {
  expect(stepLabel("2027-04-14T09:00:00.000Z", "HOUR")).toBe("14 Apr 2027, 09:00 UTC");
  expect(stepLabel("2027-04-14T00:00:00.000Z", "DAY")).toBe("14 Apr 2027");
  expect(reasonLabel("MOON_PHASE")).toBe("MOON_PHASE");
});
