import { type Complexity, type PriceKey, type RateCard, priceFor } from "./rate-card.ts";
import type { MeterCode } from "./meter.ts";
import { amountBetween } from "./price-model.ts";

/** How far a meter's allowance and prices are used up in a period, in base units. */
export type MeterState = {
  /** All units counted so far; those up to the allowance were included. */
  readonly used: bigint;
  /** Billable units so far by price, for prices that depend on how much came before. */
  readonly billable: Readonly<Partial<Record<PriceKey, bigint>>>;
};

export const unused: MeterState = { used: 0n, billable: {} };

/** Some units of one meter, to be rated. */
export type Units = {
  readonly meter: MeterCode;
  /** Base units, zero or more. */
  readonly units: bigint;
  /** Base units of one priced unit; see `scaleOf`. */
  readonly scale: bigint;
  readonly complexity: Complexity | null;
  readonly premium: boolean;
  readonly trial: boolean;
};

/** Base units add up: included + billable + overLimit = units. */
export type RatedUnits = {
  readonly units: bigint;
  readonly usedBefore: bigint;
  readonly included: bigint;
  readonly billable: bigint;
  /** Recorded past a hard limit and not billed. */
  readonly overLimit: bigint;
  /** Nano-units times base units: divide by the scale for nano-units. */
  readonly amount: bigint;
  /** Nano-units of one priced unit, before the multiplier; null when no billable unit or no single price. */
  readonly unitNanos: bigint | null;
};

/**
 * Rates units against what is left of the allowance: first included, then billed or over the limit.
 *
 * Exact, never rounded. Trial units and units of an unlimited meter are all included.
 *
 * @returns the rated units and the state after them
 */
export function rateUnits(card: RateCard, state: MeterState, work: Units): { rated: RatedUnits; state: MeterState } {
  const rate = card.meters[work.meter];
  const allowance = work.trial || rate.included === null ? null : rate.included * work.scale;
  const left = allowance === null ? work.units : atLeastZero(allowance - state.used);
  const included = work.units < left ? work.units : left;
  const past = work.units - included;
  const used = state.used + work.units;
  const base = { units: work.units, usedBefore: state.used, included };

  if (past === 0n || card.limit === "hard") {
    return {
      rated: { ...base, billable: 0n, overLimit: past, amount: 0n, unitNanos: null },
      state: { ...state, used },
    };
  }

  const { key, model } = priceFor(rate, work.complexity, work.premium);
  const before = state.billable[key] ?? 0n;
  const listed = rate.prices[key];
  return {
    rated: {
      ...base,
      billable: past,
      overLimit: 0n,
      amount: amountBetween(model, before, past, work.scale),
      unitNanos: listed?.kind === "perUnit" ? listed.unitNanos : null,
    },
    state: { used, billable: { ...state.billable, [key]: before + past } },
  };
}

const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value);
