import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "../kernel/clock.ts";
import { contentOf, factOf, keyFault, type ReportedEvent, type UsageFact } from "./usage-event.ts";

const now = new Date("2026-03-15T12:00:00.000Z");
const ms = (offset: number): Date => new Date(now.getTime() + offset);
const generation: ReportedEvent = { idempotencyKey: "key", action: "GENERATION", complexity: "T1" };
const calls: ReportedEvent = { idempotencyKey: "key", action: "API_CALL" };
const level: ReportedEvent = { idempotencyKey: "key", action: "STORAGE", storageBytes: 1n };

describe("a reported event is taken with its defaults", () => {
  test.each<{ why: string; event: ReportedEvent; fact: Partial<UsageFact> }>([
    {
      why: "now, when it does not say when",
      event: generation,
      fact: { occurredAt: now, quantity: 1n, failed: false, computeTimeMs: null, metadata: null, costNanos: null },
    },
    { why: "one call, when it does not say how many", event: calls, fact: { quantity: 1n, complexity: null } },
    {
      why: "calls by their quantity, zeros after the point allowed",
      event: { ...calls, quantity: "1500.00" },
      fact: { quantity: 1_500n },
    },
    { why: "a generation with the quantity one", event: { ...generation, quantity: "1" }, fact: { quantity: 1n } },
    { why: "a level of nothing", event: { ...level, storageBytes: 0n }, fact: { storageBytes: 0n } },
    {
      why: "a level given as a JSON number",
      event: { ...level, storageBytes: 5_000_000_000 },
      fact: { storageBytes: 5_000_000_000n },
    },
    {
      why: "the largest level",
      event: { ...level, storageBytes: 9_000_000_000_000_000_000n },
      fact: { storageBytes: 9_000_000_000_000_000_000n },
    },
    { why: "a cost to the nano-unit", event: { ...generation, cost: "0.00000000001" }, fact: { costNanos: 1n } },
    {
      why: "the oldest instant",
      event: { ...generation, occurredAt: ms(-35 * DAY_MS) },
      fact: { occurredAt: ms(-35 * DAY_MS) },
    },
    {
      why: "the latest instant",
      event: { ...generation, occurredAt: ms(5 * MINUTE_MS) },
      fact: { occurredAt: ms(5 * MINUTE_MS) },
    },
    { why: "a failed generation", event: { ...generation, failed: true }, fact: { failed: true } },
    { why: "other work that says it did not fail", event: { ...calls, failed: false }, fact: { failed: false } },
    { why: "no compute time, said as zero", event: { ...calls, computeTimeMs: 0 }, fact: { computeTimeMs: 0 } },
    { why: "a key of 255 characters", event: { ...generation, idempotencyKey: "k".repeat(255) }, fact: {} },
    { why: "metadata of 8,192 characters", event: { ...generation, metadata: { a: "x".repeat(8_184) } }, fact: {} },
    { why: "an empty metadata object", event: { ...generation, metadata: {} }, fact: { metadata: "{}" } },
  ])("$why", ({ event, fact }) => {
    expect(factOf(event, now)).toMatchObject({ idempotencyKey: event.idempotencyKey, action: event.action, ...fact });
  });
});

/** Events that are refused, and the words that say why. */
const refused: { why: string; event: ReportedEvent; words: RegExp }[] = [
  { why: "no key", event: { ...generation, idempotencyKey: "" }, words: /idempotencyKey must not be empty/ },
  { why: "a blank key", event: { ...generation, idempotencyKey: " \t" }, words: /idempotencyKey must not be empty/ },
  {
    why: "a key of 256 characters",
    event: { ...generation, idempotencyKey: "k".repeat(256) },
    words: /255 characters; this one has 256/,
  },
  {
    why: "a generation without its complexity",
    event: { ...generation, complexity: null },
    words: /GENERATION needs its complexity/,
  },
  { why: "a level without bytes", event: { ...level, storageBytes: null }, words: /STORAGE needs storageBytes/ },
  { why: "a level below nothing", event: { ...level, storageBytes: -1n }, words: /storageBytes must be from 0/ },
  {
    why: "a level past all storage",
    event: { ...level, storageBytes: 9_000_000_000_000_000_001n },
    words: /storageBytes must be from 0 to 9000000000000000000/,
  },
  { why: "bytes of other work", event: { ...calls, storageBytes: 0n }, words: /storageBytes belongs to STORAGE/ },
  {
    why: "a part of a call",
    event: { ...calls, quantity: "1.5" },
    words: /quantity must be a whole number; 1\.5 is not/,
  },
  { why: "no calls", event: { ...calls, quantity: "0" }, words: /quantity must be from 1/ },
  { why: "less than no calls", event: { ...calls, quantity: "-3" }, words: /quantity must be from 1/ },
  {
    why: "too many calls",
    event: { ...calls, quantity: "1000000000001" },
    words: /quantity must be from 1 to 1000000000000/,
  },
  {
    why: "two generations in one event",
    event: { ...generation, quantity: "2" },
    words: /quantity belongs to API_CALL/,
  },
  { why: "compute time of calls", event: { ...calls, computeTimeMs: 1 }, words: /computeTimeMs belongs to GENERATION/ },
  {
    why: "compute time of a level",
    event: { ...level, computeTimeMs: 1 },
    words: /computeTimeMs belongs to GENERATION/,
  },
  {
    why: "negative compute time",
    event: { ...generation, computeTimeMs: -1 },
    words: /computeTimeMs must be zero or more/,
  },
  { why: "negative tokens", event: { ...generation, tokensUsed: -1 }, words: /tokensUsed must be zero or more/ },
  { why: "failed calls", event: { ...calls, failed: true }, words: /failed belongs to GENERATION/ },
  { why: "an empty model", event: { ...generation, model: "" }, words: /model must have from 1 to 200 characters/ },
  { why: "a long model", event: { ...generation, model: "m".repeat(201) }, words: /model must have/ },
  { why: "a long user", event: { ...generation, userId: "u".repeat(201) }, words: /userId must have/ },
  { why: "a long project", event: { ...generation, projectId: "p".repeat(201) }, words: /projectId must have/ },
  { why: "a negative cost", event: { ...generation, cost: "-0.01" }, words: /cost must be from 0/ },
  {
    why: "a cost finer than a nano-unit",
    event: { ...generation, cost: "0.000000000001" },
    words: /at most 11 places/,
  },
  {
    why: "a cost of more than a million",
    event: { ...generation, cost: "1000000.01" },
    words: /cost must be from 0 to 1000000/,
  },
  { why: "metadata that is a list", event: { ...generation, metadata: [1] }, words: /metadata must be a JSON object/ },
  { why: "metadata that is a text", event: { ...generation, metadata: "x" }, words: /metadata must be a JSON object/ },
  {
    why: "metadata of 8,193 characters",
    event: { ...generation, metadata: { a: "x".repeat(8_185) } },
    words: /metadata may have 8192 characters/,
  },
  {
    why: "an instant one millisecond too old",
    event: { ...generation, occurredAt: ms(-35 * DAY_MS - 1) },
    words: /more than 35 days ago/,
  },
  {
    why: "an instant one millisecond too far ahead",
    event: { ...generation, occurredAt: ms(5 * MINUTE_MS + 1) },
    words: /more than 5 minutes ahead.*present time is 2026-03-15T12:00:00\.000Z/,
  },
];

test.each(refused)("a reported event is refused in words for $why", ({ event, words }) => {
  expect(factOf(event, now)).toMatch(words);
});

test("a key may be anything but blank, up to 255 characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (key) => {
      expect(keyFault(key) === null).toBe(key.trim() !== "" && key.length <= 255);
    }),
  );
});

describe("the content of an event", () => {
  test.each<{ why: string; one: ReportedEvent; other: ReportedEvent }>([
    {
      why: "nothing said, or null said",
      one: generation,
      other: { ...generation, model: null, failed: null, metadata: null },
    },
    {
      why: "a default that is left out, or said",
      one: generation,
      other: { ...generation, failed: false, quantity: "1", computeTimeMs: 0 },
    },
    {
      why: "a number in another spelling",
      one: { ...calls, quantity: "10", cost: "0.1" },
      other: { ...calls, quantity: "010.0", cost: "0.100" },
    },
    { why: "a level as a number or as a text", one: level, other: { ...level, storageBytes: 1 } },
    {
      why: "the names of metadata in another order",
      one: { ...generation, metadata: { a: 1, b: { c: 2, d: 3 } } },
      other: { ...generation, metadata: { b: { d: 3, c: 2 }, a: 1 } },
    },
    { why: "another key", one: generation, other: { ...generation, idempotencyKey: "other" } },
  ])("is the same with $why", ({ one, other }) => {
    expect(contentOf(one)).toBe(contentOf(other));
  });

  const full: ReportedEvent = {
    ...generation,
    model: "gpt-4",
    computeTimeMs: 5,
    tokensUsed: 5,
    cost: "1",
    occurredAt: now,
    userId: "u",
    projectId: "p",
    failed: true,
    metadata: { a: 1 },
  };
  test.each<{ name: keyof ReportedEvent; values: unknown[] }>([
    { name: "action", values: ["VALIDATION", "EXPORT"] },
    { name: "complexity", values: ["T2", null] },
    { name: "model", values: ["gpt-4o", "GPT-4", null] },
    { name: "quantity", values: ["2", "1.5"] },
    { name: "computeTimeMs", values: [6, null] },
    { name: "tokensUsed", values: [6, 0, null] },
    { name: "storageBytes", values: [0n, 1n] },
    { name: "cost", values: ["1.01", "0", null] },
    { name: "occurredAt", values: [ms(1), null] },
    { name: "userId", values: ["v", null] },
    { name: "projectId", values: ["q", null] },
    { name: "failed", values: [false] },
    {
      name: "metadata",
      values: [{ a: 2 }, { b: 1 }, { a: "1" }, { a: 1, b: null }, { a: [1] }, { a: { 0: 1 } }, {}, null],
    },
  ])("is another with another $name", ({ name, values }) => {
    const contents = [full, ...values.map((value) => ({ ...full, [name]: value }))].map(contentOf);
    expect(new Set(contents).size).toBe(contents.length);
  });

  test("is the same for the same metadata only, whatever it looks like", () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(json, json, (a, b) => {
        const same = JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
        expect(contentOf({ ...generation, metadata: { a } }) === contentOf({ ...generation, metadata: { a: b } })).toBe(
          same,
        );
      }),
    );
    const disguised = [{ a: { b: 1 } }, { a: [["b", 1]] }, { a: [] }, { a: {} }];
    expect(new Set(disguised.map((metadata) => contentOf({ ...generation, metadata }))).size).toBe(disguised.length);
  });
});

/** JSON with the names of its objects in order. */
function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, ordered(part)]),
  );
}
