import { readFileSync } from "node:fs";
import type { PlanCode } from "../src/catalog/plan-terms.ts";
import type { MeterCode } from "../src/rating/meter.ts";
import type { Complexity } from "../src/rating/rate-card.ts";
import type { UsageAction } from "../src/usage/usage-event.ts";

/** A history of usage in one billing period and what it must come to, worked out by hand or elsewhere. */
export type RatingCase = {
  readonly name: string;
  readonly why: string;
  readonly plan: PlanCode;
  readonly period: readonly [start: string, end: string];
  readonly events: readonly CaseEvent[];
  readonly expect: {
    readonly statuses: readonly string[];
    readonly meters: Readonly<Record<MeterCode, CaseMeter>>;
    readonly byComplexity: Readonly<
      Partial<Record<Complexity, { readonly quantity: number; readonly amount: string }>>
    >;
    /** By key, those that cost anything. */
    readonly eventAmounts: Readonly<Record<string, string>>;
    readonly lineCents: Readonly<Partial<Record<MeterCode, number>>>;
    readonly totalCents: number;
  };
};

export type CaseEvent = {
  readonly key: string;
  readonly action: UsageAction;
  readonly at: string;
  readonly complexity?: Complexity;
  readonly model?: string;
  readonly quantity?: number;
  readonly computeTimeMs?: number;
  readonly storageBytes?: number;
  readonly failed?: boolean;
};

export type CaseMeter = {
  readonly quantity: string;
  readonly included: string;
  readonly billable: string;
  readonly amount: string;
};

/** The cases of the file that RATING_CASES names, or our own. */
export function ratingCases(): readonly RatingCase[] {
  const file = process.env["RATING_CASES"];
  return file ? (JSON.parse(readFileSync(file, "utf8")) as RatingCase[]) : ownCases;
}

const none: CaseMeter = { quantity: "0", included: "0", billable: "0", amount: "0" };
const unused = { generations: none, api_calls: none, storage: none, compute: none };
const june = ["2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z"] as const;

const generations = (count: number, complexity: Complexity, change: Partial<CaseEvent> = {}): CaseEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `${complexity}-${index}`,
    action: "GENERATION",
    at: "2026-06-12T08:30:00Z",
    complexity,
    ...change,
  }));

const accepted = (count: number): string[] => Array.from({ length: count }, () => "ACCEPTED");

const ownCases: readonly RatingCase[] = [
  {
    name: "allowance-edge",
    why: "the allowance of 100 is used up in the order of acceptance, whatever the complexity; premium doubles the price",
    plan: "starter",
    period: june,
    events: [
      ...generations(99, "T0"),
      { key: "last", action: "GENERATION", at: june[0], complexity: "T3" },
      { key: "first", action: "GENERATION", at: june[0], complexity: "T2" },
      { key: "premium", action: "GENERATION", at: june[0], complexity: "T1", model: "gpt-4o" },
    ],
    expect: {
      statuses: accepted(102),
      meters: { ...unused, generations: { quantity: "102", included: "100", billable: "2", amount: "1" } },
      byComplexity: {
        T0: { quantity: 99, amount: "0" },
        T1: { quantity: 1, amount: "0.5" },
        T2: { quantity: 1, amount: "0.5" },
        T3: { quantity: 1, amount: "0" },
      },
      eventAmounts: { first: "0.5", premium: "0.5" },
      lineCents: { generations: 100 },
      totalCents: 100,
    },
  },
  {
    name: "hard-limit",
    why: "on Free all is recorded and nothing billed past any allowance",
    plan: "free",
    period: june,
    events: [
      ...generations(12, "T1", { computeTimeMs: 120_000 }),
      { key: "calls", action: "API_CALL", at: june[0], quantity: 1_001 },
      { key: "level", action: "STORAGE", at: june[0], storageBytes: 2_000_000_000 },
    ],
    expect: {
      statuses: accepted(14),
      meters: {
        generations: { quantity: "12", included: "10", billable: "0", amount: "0" },
        api_calls: { quantity: "1001", included: "1000", billable: "0", amount: "0" },
        storage: { quantity: "2", included: "1", billable: "0", amount: "0" },
        compute: { quantity: "12", included: "10", billable: "0", amount: "0" },
      },
      byComplexity: { T1: { quantity: 12, amount: "0" } },
      eventAmounts: {},
      lineCents: {},
      totalCents: 0,
    },
  },
  {
    name: "round-once",
    why: "three lines of half a cent round up one by one, and the total is the sum of the rounded lines",
    plan: "starter",
    period: june,
    events: [
      { key: "calls", action: "API_CALL", at: "2026-06-02T00:00:00Z", quantity: 10_005 },
      // 100 minutes included, six seconds more: half a cent.
      { key: "task", action: "EXPORT", at: "2026-06-03T00:00:00Z", computeTimeMs: 60_000 + 100 * 60_000 + 6_000 },
      { key: "level", action: "STORAGE", at: june[0], storageBytes: 10_050_000_000 },
    ],
    expect: {
      statuses: accepted(3),
      meters: {
        ...unused,
        api_calls: { quantity: "10005", included: "10000", billable: "5", amount: "0.005" },
        compute: { quantity: "100.1", included: "100", billable: "0.1", amount: "0.005" },
        storage: { quantity: "10.05", included: "10", billable: "0.05", amount: "0.005" },
      },
      byComplexity: {},
      eventAmounts: { calls: "0.005", task: "0.005" },
      lineCents: { api_calls: 1, compute: 1, storage: 1 },
      totalCents: 3,
    },
  },
  {
    name: "again-otherwise-failed",
    why: "a key counts once, other content under it is refused, a failed generation takes nothing",
    plan: "starter",
    period: june,
    events: [
      ...generations(100, "T0"),
      ...generations(1, "T0"),
      ...generations(1, "T0", { model: "gpt-4" }),
      { key: "failed", action: "GENERATION", at: june[0], complexity: "T3", computeTimeMs: 9_000_000, failed: true },
      { key: "past", action: "GENERATION", at: june[0], complexity: "T3", model: "gpt-4" },
    ],
    expect: {
      statuses: [...accepted(100), "DUPLICATE", "CONFLICT", "ACCEPTED", "ACCEPTED"],
      meters: { ...unused, generations: { quantity: "101", included: "100", billable: "1", amount: "2" } },
      byComplexity: { T0: { quantity: 100, amount: "0" }, T3: { quantity: 1, amount: "2" } },
      eventAmounts: { past: "2" },
      lineCents: { generations: 200 },
      totalCents: 200,
    },
  },
  {
    name: "average-level",
    why: "30 GB for a third of a month of 30 days and 60 GB from then on are 50 GB-months",
    plan: "starter",
    period: june,
    events: [
      { key: "later", action: "STORAGE", at: "2026-06-11T00:00:00Z", storageBytes: 60_000_000_000 },
      { key: "earlier", action: "STORAGE", at: june[0], storageBytes: 30_000_000_000 },
    ],
    expect: {
      statuses: accepted(2),
      meters: { ...unused, storage: { quantity: "50", included: "10", billable: "40", amount: "4" } },
      byComplexity: {},
      eventAmounts: {},
      lineCents: { storage: 400 },
      totalCents: 400,
    },
  },
  {
    name: "unlimited",
    why: "Enterprise has nothing to bill",
    plan: "enterprise",
    period: june,
    events: [
      ...generations(30, "T3", { model: "claude-3-opus", computeTimeMs: 3_600_000 }),
      { key: "calls", action: "API_CALL", at: june[0], quantity: 5_000_000 },
    ],
    expect: {
      statuses: accepted(31),
      meters: {
        ...unused,
        generations: { quantity: "30", included: "30", billable: "0", amount: "0" },
        api_calls: { quantity: "5000000", included: "5000000", billable: "0", amount: "0" },
        compute: { quantity: "1770", included: "1770", billable: "0", amount: "0" },
      },
      byComplexity: { T3: { quantity: 30, amount: "0" } },
      eventAmounts: {},
      lineCents: {},
      totalCents: 0,
    },
  },
];
