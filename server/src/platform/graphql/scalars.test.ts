import fc from "fast-check";
import { expect, test } from "vitest";
import { DateTimeScalar } from "./scalars.ts";

const read = (text: string): Date => DateTimeScalar.parseValue(text);

test.each([
  ["2026-03-01T00:00:00Z", "2026-03-01T00:00:00.000Z"],
  ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"],
  ["2026-03-01T00:30:00+02:00", "2026-02-28T22:30:00.000Z"],
  ["2026-02-28T22:30:00-02:00", "2026-03-01T00:30:00.000Z"],
  ["2026-01-31T12:00Z", "2026-01-31T12:00:00.000Z"],
])("%s is read as %s", (text, instant) => {
  expect(read(text).toISOString()).toBe(instant);
});

test.each([
  "2026-02-29T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2026-04-31T00:00:00Z",
  "2026-01-32T00:00:00Z",
  "2026-01-00T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-00-10T00:00:00Z",
  "2026-03-01T25:00:00Z",
  "2026-03-01T00:00:00",
  "2026-03-01",
  "1969-12-31T23:59:59Z",
  "",
])("%s is refused with an example", (text) => {
  expect(() => read(text)).toThrow(/DateTime must/);
});

test("what is answered is read as the same instant", () => {
  const range = {
    min: new Date("1970-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  };
  fc.assert(
    fc.property(fc.date(range), (instant) => {
      expect(read(String(DateTimeScalar.serialize(instant)))).toEqual(instant);
    }),
  );
});
