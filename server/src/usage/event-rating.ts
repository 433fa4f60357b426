import { add, type Exact, exact } from "../kernel/exact.ts";
import { type CountedMeter, countedScale } from "../rating/meter.ts";
import type { StoredEvent, StoredPart } from "./stored-event.ts";

/** A change to one part of an event's rating, as a difference in base units. */
export type Adjustment = {
  readonly id: string;
  readonly eventId: string;
  readonly meter: string;
  readonly units: bigint;
  readonly included: bigint;
  readonly billable: bigint;
  readonly amount: bigint;
  readonly reason: string;
  readonly at: Date;
};

export const usageEventRatings = ["INCLUDED", "BILLABLE", "OVER_LIMIT", "TRIAL", "FAILED", "VOIDED"] as const;
export type UsageEventRating = (typeof usageEventRatings)[number];

/** A part of an event as it stands now: its rating at acceptance and what has changed since. */
export type CurrentPart = StoredPart & {
  readonly meter: CountedMeter;
  readonly overLimit: bigint;
  readonly adjustments: readonly Adjustment[];
};

/** The parts of an event that count, adjusted. */
export function currentParts(event: StoredEvent, adjustments: readonly Adjustment[]): CurrentPart[] {
  const counted = event.action === "GENERATION" ? "generations" : event.action === "API_CALL" ? "api_calls" : null;
  const parts: CurrentPart[] = [];
  if (counted !== null && event.counted.units > 0n) parts.push(adjusted(counted, event.counted, adjustments));
  if (event.compute.units > 0n) parts.push(adjusted("compute", event.compute, adjustments));
  return parts;
}

function adjusted(meter: CountedMeter, part: StoredPart, all: readonly Adjustment[]): CurrentPart {
  const adjustments = all.filter((adjustment) => adjustment.meter === meter);
  const plus = (pick: (adjustment: Adjustment) => bigint): bigint =>
    adjustments.reduce((sum, adjustment) => sum + pick(adjustment), 0n);
  const units = part.units + plus(({ units }) => units);
  const included = part.included + plus(({ included }) => included);
  const billable = part.billable + plus(({ billable }) => billable);
  return {
    ...part,
    meter,
    units,
    included,
    billable,
    overLimit: units - included - billable,
    amount: part.amount + plus(({ amount }) => amount),
    adjustments,
  };
}

/** What an event costs now, in exact nano-units. */
export const amountOf = (parts: readonly CurrentPart[]): Exact =>
  parts.reduce((sum, { meter, amount }) => add(sum, exact(amount, countedScale[meter])), exact(0n));

/** In a word how an event was rated: the first that applies. */
export function ratingOf(
  event: Pick<StoredEvent, "failed" | "trial">,
  parts: readonly CurrentPart[],
  voided: boolean,
): UsageEventRating {
  if (voided) return "VOIDED";
  if (event.failed) return "FAILED";
  if (event.trial) return "TRIAL";
  if (parts.some(({ billable }) => billable > 0n)) return "BILLABLE";
  if (parts.some(({ overLimit }) => overLimit > 0n)) return "OVER_LIMIT";
  return "INCLUDED";
}
