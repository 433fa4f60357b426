import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUuid, newId } from "./id.ts";

describe("a new id", () => {
  test("comes after all that were made before it, however fast they are made", () => {
    // More than the 4,096 that one millisecond has numbers for.
    const ids = Array.from({ length: 20_000 }, newId);
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("is a UUID of version 7 that tells its millisecond", () => {
    const before = Date.now();
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isUuid(id)).toBe(true);
    const madeAt = Number.parseInt(id.slice(0, 13).replace("-", ""), 16);
    expect(madeAt).toBeGreaterThanOrEqual(before);
    // The ids of a burst may run ahead of the clock by the few milliseconds whose numbers they use up.
    expect(madeAt).toBeLessThan(Date.now() + 100);
  });
});

describe("a UUID", () => {
  test.each([
    { text: "0192f0c1-2d3e-7abc-8def-0123456789ab", good: true, why: "the spelling that is handed out" },
    { text: "0192F0C1-2D3E-7ABC-8DEF-0123456789AB", good: false, why: "upper case is another spelling of the same id" },
    { text: "0192f0c12d3e7abc8def0123456789ab", good: false, why: "without its hyphens" },
    { text: "{0192f0c1-2d3e-7abc-8def-0123456789ab}", good: false, why: "PostgreSQL would take braces" },
    { text: "0192f0c1-2d3e-7abc-8def-0123456789ab\n", good: false, why: "a line end at the end" },
    { text: "0192f0c1-2d3e-7abc-8def-0123456789a'", good: false, why: "a quote" },
    { text: "", good: false, why: "nothing" },
  ])("$text: $good, $why", ({ text, good }) => {
    expect(isUuid(text)).toBe(good);
  });

  test("is never what a stranger writes, so it may stand in a statement", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(!isUuid(text) || /^[0-9a-f-]{36}$/.test(text)).toBe(true);
      }),
    );
  });
});
