import { type CountedMeter, countedScale } from "../rating/meter.ts";
import type { RateCard } from "../rating/rate-card.ts";
import type { PeriodUsage } from "./rate-fact.ts";

/** Parts of an allowance, in percent, that its owner hears of. */
export const thresholds = [50, 80, 100] as const;

/** True when usage went from below to at or past a part of an allowance. */
export function crossesThreshold(card: RateCard, before: PeriodUsage, after: PeriodUsage): boolean {
  return (Object.keys(countedScale) as CountedMeter[]).some((meter) => {
    const { included } = card.meters[meter];
    if (included === null) return false;
    const allowance = included * countedScale[meter];
    const reached = (usage: PeriodUsage): number =>
      thresholds.filter((percent) => (usage.get(meter)?.used ?? 0n) * 100n >= allowance * BigInt(percent)).length;
    return reached(after) > reached(before);
  });
}
