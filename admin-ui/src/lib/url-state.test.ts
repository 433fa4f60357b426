import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flag, instant, maybeText, oneOf, pageSize, readUrl, text, writeUrl } from "./url-state";

const spec = {
  status: oneOf(["OPEN", "PAID"], null),
  q: text(20),
  late: flag(),
  after: maybeText(),
  open: maybeText(),
  size: pageSize(),
  at: instant(),
};

test("standards stay out of the URL", () => {
  expect(writeUrl(spec, "?status=OPEN&size=50", { status: null, size: 25 })).toBe("");
});

test("a filter drops the page one was on; a drawer does not", () => {
  expect(writeUrl(spec, "?after=abc", { status: "OPEN" })).toBe("?status=OPEN");
  expect(writeUrl(spec, "?after=abc", { open: "1" })).toBe("?after=abc&open=1");
});

test("what others put into the URL stays", () => {
  expect(writeUrl(spec, "?tab=members", { q: "a b" })).toBe("?tab=members&q=a+b");
});

describe("malformed parameters read as their standard and are named", () => {
  test.each([
    { search: "?status=NOPE", ignored: ["status"] },
    { search: "?size=26", ignored: ["size"] },
    { search: "?late=yes", ignored: ["late"] },
    { search: "?at=tomorrow", ignored: ["at"] },
    { search: `?q=${"x".repeat(21)}`, ignored: ["q"] },
    { search: "?status=OPEN&size=100", ignored: [] },
  ])("$search", ({ search, ignored }) => {
    expect(readUrl(spec, search).ignored).toEqual(ignored);
  });
});

test("what is written reads back the same", () => {
  const view = fc.record({
    status: fc.constantFrom("OPEN" as const, "PAID" as const, null),
    q: fc.string({ maxLength: 20 }),
    late: fc.boolean(),
    after: fc.option(fc.string({ minLength: 1, maxLength: 40 })),
    open: fc.option(fc.uuid()),
    size: fc.constantFrom(25 as const, 50 as const, 100 as const),
    at: fc.option(
      fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }).map((date) => date.toISOString()),
    ),
  });
  fc.assert(
    fc.property(view, (values) => {
      expect(readUrl(spec, writeUrl(spec, "", values)).values).toEqual(values);
    }),
  );
});
