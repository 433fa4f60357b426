import { type Complexity, isPremiumModel, type PriceKey, priceKeyOf, type RateCard } from "../rating/rate-card.ts";
import { countedScale, type CountedMeter, FREE_COMPUTE_PER_TASK_MS } from "../rating/meter.ts";
import { type MeterState, rateUnits, type RatedUnits, unused } from "../rating/rate-units.ts";
import type { UsageFact } from "./usage-event.ts";

/** How far each counted meter of a period is used. Rating an event moves it forward. */
export type PeriodUsage = Map<CountedMeter, MeterState>;

/** One meter's part of an event. */
export type MeterPart = {
  readonly meter: CountedMeter;
  readonly complexity: Complexity | null;
  readonly rated: RatedUnits;
};

/** What of an event decides how it is rated. */
export type RateableFact = Pick<UsageFact, "action" | "complexity" | "model" | "quantity" | "computeTimeMs" | "failed">;

export type RatedFact = {
  readonly premium: boolean;
  /** What the event itself counts as: a generation, or calls. */
  readonly counted: MeterPart | null;
  /** Minutes past the first one of the task. */
  readonly compute: MeterPart | null;
};

/**
 * Rates one event against a period and moves the period's usage forward.
 *
 * A generation feeds `generations` and `compute`; validation and export feed `compute`; calls feed
 * `api_calls`; a storage level feeds nothing until its period closes. A failed generation feeds nothing.
 */
export function rateFact(card: RateCard, usage: PeriodUsage, fact: RateableFact, trial: boolean): RatedFact {
  const premium = isPremiumModel(fact.model, card.premiumModels);
  if (fact.failed) return { premium, counted: null, compute: null };

  const rate = (meter: CountedMeter, units: bigint, complexity: Complexity | null): MeterPart => {
    const result = rateUnits(card, usage.get(meter) ?? unused, {
      meter,
      units,
      scale: countedScale[meter],
      complexity,
      premium,
      trial,
    });
    usage.set(meter, result.state);
    return { meter, complexity, rated: result.rated };
  };

  const counted =
    fact.action === "GENERATION"
      ? rate("generations", 1n, fact.complexity)
      : fact.action === "API_CALL"
        ? rate("api_calls", fact.quantity, null)
        : null;
  const computeMs = billableComputeMs(fact);
  const compute = computeMs > 0n ? rate("compute", computeMs, null) : null;
  return { premium, counted, compute };
}

/** Milliseconds past the first minute of the task. */
function billableComputeMs(fact: Pick<UsageFact, "computeTimeMs" | "failed">): bigint {
  if (fact.failed || fact.computeTimeMs === null) return 0n;
  const past = BigInt(fact.computeTimeMs) - FREE_COMPUTE_PER_TASK_MS;
  return past > 0n ? past : 0n;
}

/** One row of a period's totals, as far as rating needs it. */
export type CountedTotal = {
  readonly meter: CountedMeter;
  readonly complexity: Complexity | null;
  readonly units: bigint;
  readonly billable: bigint;
};

/** The usage of a period from its totals. */
export function periodUsageOf(card: RateCard, totals: readonly CountedTotal[]): PeriodUsage {
  const usage: PeriodUsage = new Map();
  for (const { meter, complexity, units, billable } of totals) {
    const state = usage.get(meter) ?? unused;
    const key: PriceKey = priceKeyOf(card.meters[meter], complexity);
    usage.set(meter, {
      used: state.used + units,
      billable: { ...state.billable, [key]: (state.billable[key] ?? 0n) + billable },
    });
  }
  return usage;
}
