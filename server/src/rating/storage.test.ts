import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Period } from "../kernel/period.ts";
import { byteMilliseconds, type Level } from "./storage.ts";

const at = (ms: number): Date => new Date(ms);
const period: Period = { start: at(1_000), end: at(2_000) };
const level = (ms: number, bytes: bigint): Level => ({ at: at(ms), bytes });

describe("byte-milliseconds of a period", () => {
  test.each([
    { why: "nothing was ever stored", levels: [], expected: 0n },
    { why: "a level from the start counts for all of it", levels: [level(1_000, 5n)], expected: 5_000n },
    { why: "a level from before the period counts from its start", levels: [level(0, 5n)], expected: 5_000n },
    { why: "only the last one before the period counts", levels: [level(0, 9n), level(500, 5n)], expected: 5_000n },
    { why: "half of the period at a level is half of it", levels: [level(1_500, 10n)], expected: 5_000n },
    { why: "each level stands until the next", levels: [level(1_000, 20n), level(1_500, 0n)], expected: 10_000n },
    {
      why: "of two at one instant the later in the list holds",
      levels: [level(1_200, 7n), level(1_200, 3n)],
      expected: 2_400n,
    },
    { why: "a level at the exact end belongs to the next period", levels: [level(2_000, 9n)], expected: 0n },
    { why: "a level after the end changes nothing", levels: [level(1_000, 1n), level(3_000, 9n)], expected: 1_000n },
    { why: "one millisecond counts", levels: [level(1_999, 9n)], expected: 9n },
  ])("$expected: $why", ({ levels, expected }) => {
    expect(byteMilliseconds(levels, period)).toBe(expected);
  });
});

const levels = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4_000 }), fc.bigInt({ min: 0n, max: 10n ** 18n })), { maxLength: 12 })
  .map((list) => list.map(([ms, bytes]) => level(ms, bytes)).toSorted((a, b) => a.at.getTime() - b.at.getTime()));

test("periods that follow one another count together what the whole span counts", () => {
  fc.assert(
    fc.property(
      levels,
      fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 2, maxLength: 6 }),
      (stood, instants) => {
        const cuts = instants.toSorted((a, b) => a - b);
        const spans = cuts.slice(1).map((end, index): Period => ({ start: at(cuts[index] ?? 0), end: at(end) }));
        const whole: Period = { start: at(cuts[0] ?? 0), end: at(cuts.at(-1) ?? 0) };
        expect(spans.reduce((sum, span) => sum + byteMilliseconds(stood, span), 0n)).toBe(
          byteMilliseconds(stood, whole),
        );
      },
    ),
  );
});

test("a level is never less than nothing, and never more than its highest for the whole time", () => {
  fc.assert(
    fc.property(levels, (stood) => {
      const highest = stood.reduce((most, { bytes }) => (bytes > most ? bytes : most), 0n);
      const counted = byteMilliseconds(stood, period);
      expect(counted >= 0n && counted <= highest * 1_000n).toBe(true);
    }),
  );
});

test("a level that changes nothing counts nothing", () => {
  fc.assert(
    fc.property(levels, fc.integer({ min: 0, max: 4_000 }), (stood, ms) => {
      const before = stood.filter((one) => one.at.getTime() <= ms);
      const again = [...before, level(ms, before.at(-1)?.bytes ?? 0n), ...stood.slice(before.length)];
      expect(byteMilliseconds(again, period)).toBe(byteMilliseconds(stood, period));
    }),
  );
});
