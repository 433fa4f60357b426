import { expect, test } from "vitest";
import { dayWords, endpointState } from "./webhook-words";

test.each([
  { day: { delivered: 0, failed: 0, waiting: 0 }, words: "Nothing sent" },
  { day: { delivered: 12, failed: 1, waiting: 0 }, words: "12 of 13 delivered" },
  { day: { delivered: 12, failed: 1, waiting: 2 }, words: "12 of 13 delivered, 2 on their way" },
  { day: { delivered: 0, failed: 0, waiting: 1 }, words: "1 on its way" },
])("$words", ({ day, words }) => {
  expect(dayWords(day)).toBe(words);
});

test("an endpoint that is off says why, whatever else there is to say", () => {
  const off = { disabledAt: "2026-03-01T00:00:00Z", failingSince: "2026-02-26T00:00:00Z" };
  expect(endpointState({ ...off, disabledBecause: "failing" })).toEqual({
    label: "Off",
    tone: "plain",
    means: expect.stringContaining("three days"),
  });
  expect(endpointState({ ...off, disabledBecause: "gone" }).means).toMatch(/410/);
  expect(endpointState({ ...off, disabledBecause: "switched-off" }).means).toMatch(/by hand/);
  expect(endpointState({ ...off, disabledAt: null, disabledBecause: null }).label).toBe("Failing");
});
