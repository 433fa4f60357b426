import { lengthMs, type Period } from "../kernel/period.ts";
import { scaleOf } from "../rating/meter.ts";
import type { RateCard } from "../rating/rate-card.ts";
import { type RatedUnits, rateUnits, unused } from "../rating/rate-units.ts";

/** The last instant of a period, whose prices its storage pays. */
export const lastOf = ({ end }: Period): Date => new Date(end.getTime() - 1);

/**
 * Rates the byte-milliseconds of a whole period.
 *
 * @returns the rated units, and the scale that turns them into GB-months
 */
export function rateStorage(
  card: RateCard,
  units: bigint,
  period: Period,
  trial: boolean,
): { rated: RatedUnits; scale: bigint } {
  const scale = scaleOf("storage", lengthMs(period));
  return {
    rated: rateUnits(card, unused, { meter: "storage", units, scale, complexity: null, premium: false, trial }).rated,
    scale,
  };
}
