import { lengthMs, type Period } from "../kernel/period.ts";
import { scaleOf } from "../rating/meter.ts";
import type { RateCard } from "../rating/rate-card.ts";
import { type RatedUnits, rateUnits, unused } from "../rating/rate-units.ts";

/**
 * Rates the byte-milliseconds of a whole period. Less than nothing, which late corrections can
 * leave, counts as nothing.
 *
 * @returns the rated units, and the scale that turns them into GB-months
 */
export function rateStorage(
  card: RateCard,
  byteMilliseconds: bigint,
  period: Period,
  trial: boolean,
): { rated: RatedUnits; scale: bigint } {
  const scale = scaleOf("storage", lengthMs(period));
  const units = byteMilliseconds < 0n ? 0n : byteMilliseconds;
  return {
    rated: rateUnits(card, unused, { meter: "storage", units, scale, complexity: null, premium: false, trial }).rated,
    scale,
  };
}
