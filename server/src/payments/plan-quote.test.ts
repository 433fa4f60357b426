import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { QuoteLine } from "./plan-change.entity.ts";
import { kindOfChange, type PlanQuote, staleness, type Standing, withBalance } from "./plan-quote.ts";

const at = (time: string): Date => new Date(`2026-03-10T${time}Z`);

const quote: PlanQuote = {
  id: "quote",
  kind: "UPGRADE",
  planVersionId: "professional",
  fromPlanVersionId: "starter",
  prorationAt: at("12:00:00"),
  effectiveAt: at("12:00:00"),
  dueNowMinor: 20_000n,
  nextInvoiceMinor: 49_900n,
  lines: [],
  losses: [],
  expiresAt: at("12:15:00"),
  usedAt: null,
};

const standing: Standing = {
  now: at("12:14:59.999"),
  kind: "UPGRADE",
  planVersionId: "professional",
  currentPlanVersionId: "starter",
  currentPeriodStart: new Date("2026-03-01T00:00:00Z"),
};

describe("a quote holds until something about it changes", () => {
  test("to the last millisecond of its fifteen minutes", () => {
    expect(staleness(quote, standing)).toBeNull();
  });

  test("also when the period began within the second that it counts from", () => {
    expect(staleness(quote, { ...standing, currentPeriodStart: at("12:00:00.999") })).toBeNull();
  });

  test.each<{ why: string; quote?: Partial<PlanQuote>; standing?: Partial<Standing>; words: RegExp }>([
    { why: "it has expired", standing: { now: at("12:15:00") }, words: /expired/ },
    { why: "it was used", quote: { usedAt: at("12:01:00") }, words: /used/ },
    { why: "another plan is asked for", standing: { planVersionId: "starter-2" }, words: /another plan/ },
    { why: "another version is in force", standing: { currentPlanVersionId: "starter-2" }, words: /changed/ },
    { why: "it would be another kind of change", standing: { kind: "DOWNGRADE" }, words: /changed/ },
    { why: "the period is a new one", standing: { currentPeriodStart: at("12:00:01") }, words: /new period/ },
  ])("not when $why", ({ quote: changed, standing: then, words }) => {
    expect(staleness({ ...quote, ...changed }, { ...standing, ...then })).toMatch(words);
  });
});

describe("the kind of a change", () => {
  const starter = { trialing: false, granted: true, from: "starter", fromMinor: 9_900n } as const;
  const trial = { trialing: true, granted: false, from: "professional", fromMinor: 49_900n } as const;
  const free = { trialing: false, granted: false, from: "free", fromMinor: 0n } as const;
  test.each([
    {
      why: "a dearer plan is an upgrade",
      change: { ...starter, to: "professional", toMinor: 49_900n },
      kind: "UPGRADE",
    },
    { why: "a cheaper one is a downgrade", change: { ...starter, to: "free", toMinor: 0n }, kind: "DOWNGRADE" },
    { why: "the same is none", change: { ...starter, to: "starter", toMinor: 9_900n }, kind: null },
    { why: "Free starts a plan", change: { ...free, to: "starter", toMinor: 9_900n }, kind: "START" },
    { why: "a trial tries another", change: { ...trial, to: "starter", toMinor: 9_900n }, kind: "TRIAL" },
    { why: "also to nothing", change: { ...trial, to: "free", toMinor: 0n }, kind: "TRIAL" },
  ] as const)("$why", ({ change, kind }) => {
    expect(kindOfChange(change)).toBe(kind);
  });
});

describe("what the balance changes", () => {
  const line = (amountMinor: bigint): QuoteLine => ({
    kind: "PRORATION",
    description: "A line",
    amountMinor: amountMinor.toString(),
    periodStart: "",
    periodEnd: "",
  });
  const sum = (lines: readonly QuoteLine[]): bigint =>
    lines.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);

  test.each([
    { balance: 0n, due: 5_000n, why: "nothing" },
    { balance: -1_000n, due: 4_000n, why: "credit pays a part" },
    { balance: -9_000n, due: 0n, why: "credit pays all, and keeps the rest" },
    { balance: 700n, due: 5_700n, why: "what is owed from before is added" },
  ])("a balance of $balance leaves $due to pay: $why", ({ balance, due }) => {
    const quoted = withBalance([line(-3_000n), line(8_000n)], balance, at("12:00:00"));
    expect(quoted.dueMinor).toBe(due);
    expect(sum(quoted.lines)).toBe(due);
  });

  test("nobody is charged less than nothing, and the lines add up to the charge", () => {
    const amount = fc.bigInt({ min: -100_000n, max: 100_000n });
    fc.assert(
      fc.property(fc.array(amount), amount, (amounts, balance) => {
        const { lines, dueMinor } = withBalance(amounts.map(line), balance, at("12:00:00"));
        expect(dueMinor >= 0n).toBe(true);
        // Lines below zero in all are credit that stays on the balance.
        expect(sum(lines) === dueMinor || sum(amounts.map(line)) < 0n).toBe(true);
      }),
    );
  });
});
