import { type Exact, exact, zero } from "../kernel/exact.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { Complexity, RateCard } from "../rating/rate-card.ts";
import type { MeterSummary } from "../usage/meter-summary.ts";
import type { UsagePart } from "../usage/usage-parts.ts";

/** What a usage line is made of: units x price x multiplier = amount for each part, and the parts add up to its exact sum. */
export type Explanation = {
  readonly meter: MeterCode;
  readonly used: Exact;
  /** The period's allowance as it ended; null: unlimited. */
  readonly allowance: bigint | null;
  readonly included: Exact;
  readonly billable: Exact;
  readonly overLimit: Exact;
  readonly amount: Exact;
  readonly parts: readonly LinePart[];
  /** Billed events; null for storage, which is an average of levels and no sum of events. */
  readonly events: bigint | null;
};

export type LinePart = {
  readonly complexity: Complexity | null;
  readonly premium: boolean;
  readonly quantity: Exact;
  /** Nano-units of one unit before the multiplier; null where no single price was. */
  readonly unitNanos: Exact | null;
  readonly multiplier: Exact;
  readonly amount: Exact;
  readonly events: bigint | null;
};

/**
 * Explains the usage line of one meter.
 *
 * @param meters all meters of the line's period, as they were billed
 * @param card the prices at the end of the period
 * @param parts of the counted meters of the period
 */
export function explainLine(
  meter: MeterCode,
  meters: readonly MeterSummary[],
  card: RateCard,
  parts: readonly UsagePart[],
): Explanation {
  const summary = meters.find((each) => each.meter === meter);
  if (!summary) throw new Error(`no summary of ${meter}`);
  const { quantity: used, included, billable, overLimit, amount } = summary;
  const own = parts.filter((part) => part.meter === meter);
  return {
    meter,
    used,
    allowance: card.meters[meter].included,
    included,
    billable,
    overLimit,
    amount,
    parts: meter === "storage" ? [storagePart(summary)] : own.map(counted),
    events: meter === "storage" ? null : own.reduce((sum, { events }) => sum + events, 0n),
  };
}

const counted = ({ complexity, premium, billable, unitNanos, multiplier, amount, events }: UsagePart): LinePart => ({
  complexity,
  premium,
  quantity: billable,
  unitNanos,
  multiplier,
  amount,
  events,
});

/** Storage has one price, if all that was billed divides by it. */
function storagePart({ billable, amount }: MeterSummary): LinePart {
  const price =
    billable.numerator > 0n
      ? exact(amount.numerator * billable.denominator, amount.denominator * billable.numerator)
      : zero;
  return {
    complexity: null,
    premium: false,
    quantity: billable,
    unitNanos: price.denominator === 1n ? price : null,
    multiplier: exact(1n),
    amount,
    events: null,
  };
}
