import { expect, test } from "vitest";
import { endingSoon } from "./trials";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const trial = (trialEndsAt: string | null) => ({ subscription: { trialEndsAt } });

test("trials that end within seven days are listed, the nearest first", () => {
  const trials = [
    trial("2026-11-29T12:00:00Z"),
    trial("2026-11-29T12:00:01Z"),
    trial(null),
    trial("2026-11-23T00:00:00Z"),
  ];
  expect(endingSoon(trials, NOW).map(({ endsAt }) => endsAt)).toEqual(["2026-11-23T00:00:00Z", "2026-11-29T12:00:00Z"]);
});
