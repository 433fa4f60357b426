import { describe, expect, test } from "vitest";
import { nextEnd, readMoment, stepsFrom } from "./clock-steps";

const NOW = Date.parse("2026-11-22T12:00:00Z");

const month = (from: string) => stepsFrom(Date.parse(from), null).find(({ value }) => value === "month")?.to;

describe("the steps of the sandbox clock", () => {
  test("a day, a week and a month are always offered", () => {
    expect(stepsFrom(NOW, null).map(({ to }) => to)).toEqual([
      "2026-11-23T12:00:00.000Z",
      "2026-11-29T12:00:00.000Z",
      "2026-12-22T12:00:00.000Z",
    ]);
  });

  test.each([
    { from: "2027-01-31T08:00:00.000Z", to: "2027-02-28T08:00:00.000Z" },
    { from: "2027-12-31T23:59:59.000Z", to: "2028-01-31T23:59:59.000Z" },
    { from: "2028-01-30T00:00:00.000Z", to: "2028-02-29T00:00:00.000Z" },
  ])("a month after $from is $to", ({ from, to }) => {
    expect(month(from)).toBe(to);
  });

  test("the end of a period is offered where it is known", () => {
    const period = { label: "To the end of the period of Acme", end: "2026-12-02T17:57:00Z" };
    expect(stepsFrom(NOW, period).at(-1)).toEqual({ value: "period", label: period.label, to: period.end });
  });

  test("a period that is over is not a step forward", () => {
    expect(stepsFrom(NOW, { label: "To the end", end: "2026-11-22T12:00:00Z" })).toHaveLength(3);
  });

  test("the next end is the nearest that lies ahead", () => {
    expect(nextEnd(["2026-12-09T00:00:00Z", "2026-12-01T00:00:00Z", "2026-11-22T12:00:00Z"], NOW)).toBe(
      "2026-12-01T00:00:00Z",
    );
    expect(nextEnd(["2026-11-22T12:00:00Z"], NOW)).toBeNull();
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
