import { add, type Exact, exact, subtract, toDecimal, zero } from "../kernel/exact.ts";
import { lengthMs } from "../kernel/period.ts";
import { moneyFromMinor, moneyFromNanos } from "../platform/graphql/money.type.ts";
import { countedScale, type CountedMeter, meterUnit, scaleOf } from "../rating/meter.ts";
import type { CurrentPart } from "./event-rating.ts";
import { type MeterSummary, totalMinorOf } from "./meter-summary.ts";
import type { CurrentUsage } from "./period-usage.loader.ts";
import type { DayRow } from "./read-totals.ts";
import type { MeterRatingType, MeterUsageType, QuotaType, UsageDayType, UsageSummaryType } from "./usage.type.ts";
import type { SpanUsage } from "./usage-of-span.ts";

export const summaryView = ({ period, meters }: SpanUsage, asOf: Date): UsageSummaryType => ({
  periodStart: period.start,
  periodEnd: period.end,
  meters: meters.map(meterView),
  total: moneyFromMinor(totalMinorOf(meters)),
  asOf,
});

const meterView = (summary: MeterSummary): MeterUsageType => ({
  meter: summary.meter,
  unit: meterUnit[summary.meter],
  quantity: toDecimal(summary.quantity),
  included: toDecimal(summary.included),
  billable: toDecimal(summary.billable),
  overLimit: toDecimal(summary.overLimit),
  amount: moneyFromNanos(summary.amount),
  credit: moneyFromNanos(summary.credit),
  estimated: summary.estimated,
  currentBytes: summary.currentBytes,
  byComplexity: summary.byComplexity.map(({ complexity, quantity, amount }) => ({
    complexity,
    quantity: toDecimal(quantity),
    amount: moneyFromNanos(amount),
  })),
});

/** The allowances of the current period and what is left of them. */
export function quotaViews({ subscription, meters }: CurrentUsage): QuotaType[] {
  const trial = subscription.status === "TRIALING";
  return meters.map(({ meter, quantity, estimated }) => {
    const included = trial ? null : subscription.card.meters[meter].included;
    const left = included === null ? null : subtract(exact(included), quantity);
    return {
      meter,
      unit: meterUnit[meter],
      limit: included?.toString() ?? null,
      used: toDecimal(quantity),
      remaining: left === null ? null : toDecimal(left.numerator < 0n ? zero : left),
      resetAt: subscription.currentPeriodEnd,
      limitKind: trial ? "none" : subscription.card.limit,
      estimated,
    };
  });
}

/** Daily totals, one entry for each day that has any. Days of storage levels alone show no amounts: storage is rated by the period. */
export function dayViews(rows: readonly DayRow[]): UsageDayType[] {
  const days = new Map<number, DayRow[]>();
  for (const row of rows) days.set(row.day.getTime(), [...(days.get(row.day.getTime()) ?? []), row]);
  return [...days.values()].map((own) => ({
    day: own[0]?.day ?? new Date(0),
    meters: own.map((row) => {
      const scale = scaleOfRow(row);
      return {
        meter: row.meter,
        complexity: row.complexity === "all" ? null : row.complexity,
        quantity: toDecimal(exact(row.units, scale)),
        billable: toDecimal(exact(row.billable, scale)),
        amount: moneyFromNanos(exact(row.amount, scale)),
        events: Number(row.events),
      };
    }),
    total: moneyFromNanos(own.reduce((sum: Exact, row) => add(sum, exact(row.amount, scaleOfRow(row))), zero)),
  }));
}

const scaleOfRow = (row: DayRow): bigint =>
  row.meter === "storage"
    ? scaleOf("storage", lengthMs({ start: row.day, end: new Date(row.day.getTime() + 86_400_000) }))
    : countedScale[row.meter];

/** One meter's part of an event, with its allowance. */
export function ratingView(
  part: CurrentPart,
  allowance: (meter: CountedMeter) => bigint | null,
  multiplier: string,
): MeterRatingType {
  const scale = countedScale[part.meter];
  const quantity = (units: bigint): string => toDecimal(exact(units, scale));
  return {
    meter: part.meter,
    unit: meterUnit[part.meter],
    quantity: quantity(part.units),
    usedBefore: quantity(part.usedBefore),
    allowance: allowance(part.meter)?.toString() ?? null,
    included: quantity(part.included),
    billable: quantity(part.billable),
    overLimit: quantity(part.overLimit),
    unitPrice: part.unitNanos === null ? null : moneyFromNanos(exact(part.unitNanos)),
    multiplier,
    amount: moneyFromNanos(exact(part.amount, scale)),
    adjustments: part.adjustments.map(({ id, at, reason, included, billable, amount }) => ({
      id,
      at,
      reason,
      included: quantity(included),
      billable: quantity(billable),
      amount: moneyFromNanos(exact(amount, scale)),
    })),
  };
}
