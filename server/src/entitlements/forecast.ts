import { add, type Exact, exact, roundHalfUp, zero } from "../kernel/exact.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { type Period, startOfDay } from "../kernel/period.ts";
import { type CountedMeter, countedScale } from "../rating/meter.ts";
import type { Complexity, RateCard } from "../rating/rate-card.ts";
import { type MeterState, rateUnits } from "../rating/rate-units.ts";

/** Why there is no forecast: too little of the period has elapsed, or nothing may start anyway. */
export type NoForecast = "TOO_EARLY" | "NOT_RUNNING";

/** What a meter is expected to come to by the end of a period. Quantities in base units, amounts in nano-units. */
export type Outlook = {
  /** All units at the end of the period, at the recent pace. */
  readonly expected: bigint;
  /** When the allowance is used up at this pace; null when it is not before the end, or is already. */
  readonly reachedAt: Date | null;
  /** What usage past the allowance costs by then, that of today included. */
  readonly amount: Exact;
};

/** How fast a meter counted lately: so many base units in so many milliseconds. */
export type Pace = { readonly units: bigint; readonly ms: bigint };

/** Units of one price among those that came last; the weights say in which proportion the next ones come. */
export type MixPart = { readonly complexity: Complexity | null; readonly premium: boolean; readonly weight: bigint };

const FEWEST_DAYS = 3;
const MOST_DAYS = 7;

/**
 * The days whose pace a forecast goes by: the last seven whole UTC days that lie in the period. Whole
 * days, because usage of a morning says little of an evening.
 *
 * @returns null while the period has fewer than three of them
 */
export function recentDays({ start }: Period, now: Date): { from: Date; to: Date; days: number } | null {
  const first = startOfDay(new Date(start.getTime() + DAY_MS - 1)).getTime();
  const to = startOfDay(now).getTime();
  const from = Math.max(first, to - MOST_DAYS * DAY_MS);
  const days = (to - from) / DAY_MS;
  return days < FEWEST_DAYS ? null : { from: new Date(from), to: new Date(to), days };
}

export type CountedFigures = {
  readonly meter: CountedMeter;
  readonly state: MeterState;
  /** Rated so far in this period. */
  readonly amount: Exact;
  /** Base units kept back for work that is under way. */
  readonly held: bigint;
  readonly pace: Pace;
  readonly mix: readonly MixPart[];
  readonly trial: boolean;
};

/**
 * The outlook of a meter that counts: what is used, and for the rest of the period as many units as the
 * recent pace brings, at least those that are held. Units to come use up the allowance first; those past
 * it are split over complexities and model classes as the latest ones were, and priced by the plan.
 *
 * Exact: units are rounded half up once, to whole base units; amounts are not rounded.
 */
export function outlookOf(card: RateCard, period: Period, now: Date, figures: CountedFigures): Outlook {
  const { meter, state, amount, held, pace, mix, trial } = figures;
  const restMs = BigInt(Math.max(period.end.getTime() - now.getTime(), 0));
  const paced = roundHalfUp(exact(pace.units * restMs, pace.ms));
  const coming = paced > held ? paced : held;
  const scale = countedScale[meter];
  const { included } = card.meters[meter];
  const allowance = trial || included === null ? null : included * scale;
  const left = allowance === null ? coming : atLeastZero(allowance - state.used);
  const past = atLeastZero(coming - left);

  let after: MeterState = { ...state, used: state.used + coming - past };
  let added = zero;
  for (const part of splitBy(past, mix)) {
    const { rated, state: next } = rateUnits(card, after, { meter, scale, trial, ...part });
    added = add(added, exact(rated.amount, scale));
    after = next;
  }
  return {
    expected: state.used + coming,
    reachedAt: allowance === null ? null : reachedAt(allowance - state.used, pace, now, period.end),
    amount: add(amount, added),
  };
}

/**
 * When `left` more base units are there at a pace, rounded up to the millisecond.
 *
 * @returns null when they are there already, or not before `end`
 */
export function reachedAt(left: bigint, { units, ms }: Pace, now: Date, end: Date): Date | null {
  if (left <= 0n || units <= 0n) return null;
  const after = (left * ms + units - 1n) / units;
  const rest = BigInt(end.getTime() - now.getTime());
  return after >= rest ? null : new Date(now.getTime() + Number(after));
}

/**
 * Splits units over the parts of a mix without losing one: each part gets its whole share, and what is
 * left over goes to the parts with the largest remainders, ties to the earlier part.
 */
export function splitBy(units: bigint, mix: readonly MixPart[]): (Omit<MixPart, "weight"> & { units: bigint })[] {
  const whole = mix.reduce((sum, { weight }) => sum + weight, 0n);
  if (units === 0n || whole === 0n) return [];
  const parts = mix.map(({ weight, ...part }, index) => ({
    part,
    index,
    units: (units * weight) / whole,
    remainder: (units * weight) % whole,
  }));
  const leftOver = Number(units - parts.reduce((sum, part) => sum + part.units, 0n));
  const byRemainder = parts.toSorted((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);
  for (const part of byRemainder.slice(0, leftOver)) part.units += 1n;
  return parts.filter((part) => part.units > 0n).map(({ part, units: own }) => ({ ...part, units: own }));
}

const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value);
