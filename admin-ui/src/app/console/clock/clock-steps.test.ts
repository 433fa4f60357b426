import { describe, expect, test } from "vitest";
import { readMoment, stepsFrom } from "./clock-steps";

const NOW = Date.parse("2026-11-22T12:00:00Z");

describe("the steps of the sandbox clock", () => {
  test("a day and a week are always offered", () => {
    expect(stepsFrom(NOW, null).map(({ to }) => to)).toEqual(["2026-11-23T12:00:00.000Z", "2026-11-29T12:00:00.000Z"]);
  });

  test("the end of a period is offered where one organization is looked at", () => {
    const steps = stepsFrom(NOW, { organization: "Acme", end: "2026-12-02T17:57:00Z" });
    expect(steps.at(-1)).toEqual({
      value: "period",
      label: "To the end of the period of Acme",
      to: "2026-12-02T17:57:00Z",
    });
  });

  test("a period that is over is not a step forward", () => {
    expect(stepsFrom(NOW, { organization: "Acme", end: "2026-11-22T12:00:00Z" })).toHaveLength(2);
  });
});

describe("a moment that is typed", () => {
  test.each([
    { text: "2026-11-22T12:01", answer: { at: "2026-11-22T12:01:00.000Z" }, why: "it is read as UTC" },
    { text: "2026-11-22T12:00", answer: { fault: "The clock moves forward only" }, why: "now is not ahead" },
    { text: "2028-11-25T12:00", answer: { fault: "At most two years at a time" }, why: "further than the server goes" },
    { text: "2028-11-23T12:00", answer: { at: "2028-11-23T12:00:00.000Z" }, why: "the furthest there is" },
    { text: "", answer: { fault: "Enter a date and a time" }, why: "nothing was typed" },
    { text: "tomorrow", answer: { fault: "Enter a date and a time" }, why: "no date" },
  ])("'$text': $why", ({ text, answer }) => {
    expect(readMoment(text, NOW)).toEqual(answer);
  });
});
