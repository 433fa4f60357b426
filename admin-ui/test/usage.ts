import { addDecimals, compareDecimals, multiplyDecimals, subtractDecimals } from "../src/lib/decimal";
import { STARTER, usd } from "./catalog";
import { seeded } from "./random";

const PRICES: Record<string, string> = { T0: "0.10", T1: "0.25", T2: "0.50", T3: "1.00" };
const LEVELS = ["T0", "T1", "T1", "T2", "T3"];
const MODELS = ["gpt-4", "mistral-large", "claude-3", "llama-3"];

export const DAY_MS = 86_400_000;

const rating = (values: object) => ({
  meter: "generations",
  unit: "generation",
  quantity: "1",
  usedBefore: "0",
  allowance: "100",
  included: "0",
  billable: "0",
  overLimit: "0",
  unitPrice: usd("0.25"),
  multiplier: "1",
  amount: usd("0"),
  adjustments: [],
  ...values,
});

export type MockEvent = ReturnType<typeof usageEvent>;

/** One generation as the API rates it: the first 100 are included, then each pays its price. */
export function usageEvent(index: number, at: Date, before: number, pick: () => number) {
  const complexity = LEVELS[Math.floor(pick() * LEVELS.length)] ?? "T1";
  const model = MODELS[Math.floor(pick() * MODELS.length)] ?? "gpt-4";
  const isPremium = model === "gpt-4" || model === "claude-3";
  const isIncluded = before < 100;
  const unit = PRICES[complexity] ?? "0";
  const amount = isIncluded ? "0" : multiplyDecimals(unit, isPremium ? "2" : "1");
  return {
    id: `00000000-0000-7000-8000-${index.toString().padStart(12, "0")}`,
    idempotencyKey: `job-${8000 + index}`,
    action: "GENERATION",
    complexity,
    model,
    quantity: "1",
    tokensUsed: 1200 + Math.floor(pick() * 4000),
    computeTimeMs: 42_000 + Math.floor(pick() * 90_000),
    storageBytes: null,
    occurredAt: at.toISOString(),
    recordedAt: new Date(at.getTime() + 400).toISOString(),
    amount: usd(amount),
    rating: isIncluded ? "INCLUDED" : "BILLABLE",
    late: index % 37 === 0,
    trial: false,
    failed: false,
    voidedAt: null,
    voidReason: null,
    voidedBy: null,
    charges: [] as object[] | null,
    userId: null,
    projectId: `project-${(index % 4) + 1}`,
    keyPrefix: "qlp_4f2a20",
    metadata: { branch: "main" },
    ratings: [
      rating({
        usedBefore: String(before),
        included: isIncluded ? "1" : "0",
        billable: isIncluded ? "0" : "1",
        unitPrice: usd(unit),
        multiplier: isPremium ? "2" : "1",
        amount: usd(amount),
      }),
      rating({
        meter: "compute",
        unit: "minute",
        quantity: "0.5",
        usedBefore: "12",
        included: "0.5",
        unitPrice: usd("0.05"),
      }),
    ],
    cost: null,
  };
}

/** Events up to now, newest first. */
export function usageEvents(now: Date, count: number): MockEvent[] {
  const pick = seeded(7);
  const start = now.getTime() - 21 * DAY_MS;
  const step = (now.getTime() - start) / Math.max(count, 1);
  return Array.from({ length: count }, (_, index) =>
    usageEvent(index + 1, new Date(start + step * (index + pick())), index, pick),
  ).toReversed();
}

export function usageDays(events: readonly MockEvent[]) {
  const days = Map.groupBy(events, ({ occurredAt }) => occurredAt.slice(0, 10));
  return [...days]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([day, dayEvents]) => {
      const levels = Map.groupBy(dayEvents, ({ complexity }) => complexity);
      const meters = [...levels].map(([complexity, own]) => ({
        meter: "generations",
        complexity,
        quantity: String(own.length),
        billable: String(own.filter(({ rating: outcome }) => outcome === "BILLABLE").length),
        amount: usd(own.reduce((sum, { amount }) => addDecimals(sum, amount.amount), "0")),
        events: own.length,
      }));
      const calls = {
        meter: "api_calls",
        complexity: null,
        quantity: String(dayEvents.length * 61),
        billable: "0",
        amount: usd("0"),
        events: 4,
      };
      return {
        day: `${day}T00:00:00.000Z`,
        meters: [...meters, calls],
        total: usd(meters.reduce((sum, { amount }) => addDecimals(sum, amount.amount), "0")),
      };
    });
}

const atMost = (quantity: string, limit: string) => (compareDecimals(quantity, limit) > 0 ? limit : quantity);

/** What a Starter organization used in all: meter by meter, with the allowance taken off. */
export function meterUsages(events: readonly MockEvent[]) {
  const generations = String(events.length);
  const used: [string, string, string, string][] = [
    ["generations", "generation", generations, "0.25"],
    ["api_calls", "call", "8412", "0.001"],
    ["storage", "GB-month", "12.482913", "0.10"],
    ["compute", "minute", "61.25", "0.05"],
  ];
  return used.map(([meter, unit, quantity, unitPrice]) => {
    const limit = STARTER.included.find((allowance) => allowance.meter === meter)?.quantity ?? "0";
    const included = atMost(quantity, limit);
    const billable = subtractDecimals(quantity, included);
    const exact = events.reduce((sum, { amount }) => addDecimals(sum, amount.amount), "0");
    const levels = Map.groupBy(events, ({ complexity }) => complexity);
    return {
      meter,
      unit,
      quantity,
      included,
      billable,
      overLimit: "0",
      amount: usd(meter === "generations" ? exact : multiplyDecimals(billable, unitPrice)),
      credit: usd("0"),
      estimated: meter === "storage",
      currentBytes: meter === "storage" ? "14200000000" : null,
      byComplexity:
        meter === "generations"
          ? [...levels].map(([complexity, own]) => ({
              complexity,
              quantity: String(own.length),
              amount: usd(own.reduce((sum, { amount }) => addDecimals(sum, amount.amount), "0")),
            }))
          : [],
    };
  });
}
