import type { UsageByDayQuery } from "../../gql/documents";
import { compareDecimals, isZero, sumDecimals, toPixels } from "../../lib/decimal";
import { formatShortDay } from "../../lib/instant";
import { formatWithUnit, meterName, unitOf } from "../../lib/quantity";
import type { ChartColumn, ChartSeries } from "../../ui/ColumnChart";

export type UsageDay = UsageByDayQuery["organization"]["usageByDay"][number];

const LEVELS: readonly ChartSeries[] = [
  { key: "T0", label: "T0", color: "var(--qlp-t0)" },
  { key: "T1", label: "T1", color: "var(--qlp-t1)" },
  { key: "T2", label: "T2", color: "var(--qlp-t2)" },
  { key: "T3", label: "T3", color: "var(--qlp-t3)" },
];

/** Generations are told apart by complexity; the other meters are one series. */
export const seriesOf = (meter: string): readonly ChartSeries[] =>
  meter === "generations" ? LEVELS : [{ key: meter, label: meterName(meter), color: "var(--qlp-series)" }];

export const quantityOf = (day: UsageDay, meter: string): string =>
  sumDecimals(day.meters.filter((entry) => entry.meter === meter).map(({ quantity }) => quantity));

const DAY_MS = 86_400_000;

/** Every UTC day from the first to the last, so that a day without usage keeps its place. */
export function daysBetween(first: string, last: string): string[] {
  const start = Date.parse(`${first.slice(0, 10)}T00:00:00Z`);
  const end = Date.parse(`${last.slice(0, 10)}T00:00:00Z`);
  const count = Math.max(0, Math.round((end - start) / DAY_MS)) + 1;
  return Array.from({ length: count }, (_, index) => new Date(start + index * DAY_MS).toISOString().slice(0, 10));
}

/** The columns of a chart of one meter. */
export function columnsOf(days: readonly UsageDay[], meter: string): ChartColumn[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const known = new Map(days.map((day) => [day.day.slice(0, 10), day]));
  const unit = unitOf(meter);
  return daysBetween(first.day, last.day).map((date) => {
    const entries = known.get(date)?.meters.filter((entry) => entry.meter === meter) ?? [];
    const keyed = entries.map(({ complexity, quantity }) => [complexity ?? meter, quantity] as const);
    return {
      label: formatShortDay(`${date}T00:00:00Z`),
      heights: Object.fromEntries(keyed.map(([key, quantity]) => [key, toPixels(quantity)])),
      words: Object.fromEntries(keyed.map(([key, quantity]) => [key, formatWithUnit(quantity, unit)])),
      total: formatWithUnit(sumDecimals(keyed.map(([, quantity]) => quantity)), unit),
    };
  });
}

/** What the chart found: "Most on 14 Nov: 11 generations". A sum would not be the period's: late events count elsewhere. */
export function findingOf(days: readonly UsageDay[], meter: string): string {
  const unit = unitOf(meter);
  const totals = days.map((day) => ({ day: day.day, quantity: quantityOf(day, meter) }));
  const most = totals.toSorted((a, b) => compareDecimals(b.quantity, a.quantity))[0];
  const all = sumDecimals(totals.map(({ quantity }) => quantity));
  if (!most || isZero(all)) return `No ${meterName(meter).toLowerCase()} in this time`;
  if (meter === "storage") return `Storage was highest on ${formatShortDay(most.day)}`;
  return `Most on ${formatShortDay(most.day)}: ${formatWithUnit(most.quantity, unit)}`;
}
