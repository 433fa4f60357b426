import { type Exact, exact } from "../kernel/exact.ts";
import { lengthMs, type Period } from "../kernel/period.ts";
import { whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { type CountedMeter, countedScale, type MeterCode, scaleOf } from "../rating/meter.ts";
import type { Complexity } from "../rating/rate-card.ts";
import { unused } from "../rating/rate-units.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import type { MeterSummary } from "../usage/meter-summary.ts";
import { type CurrentUsage } from "../usage/period-usage.loader.ts";
import { type CountedTotal, periodUsageOf } from "../usage/rate-fact.ts";
import { type DayRow, dayTotals, periodTotals } from "../usage/read-totals.ts";
import { type MixPart, type NoForecast, type Outlook, outlookOf, reachedAt, recentDays } from "./forecast.ts";
import { type Held, nothingHeld } from "./held-usage.ts";
import { readStandings } from "./read-standings.ts";

/** How a meter stands in the current period, and what it is expected to come to. */
export type MeterForecast = {
  readonly meter: MeterCode;
  /** Base units of one priced unit. */
  readonly scale: bigint;
  readonly used: Exact;
  readonly held: Exact;
  /** Priced units; null: unlimited. */
  readonly allowance: bigint | null;
  readonly outlook: Outlook | null;
  /** Why there is no outlook; null when there is one. */
  readonly why: NoForecast | null;
  /** The whole days whose pace it goes by; null for storage, which goes by its present level. */
  readonly days: number | null;
};

/** The outlook of each meter of the current period. Nothing is expected of a subscription that is paused or canceled. */
export async function readForecast(
  sql: Sql,
  { subscription, meters }: CurrentUsage,
  now: Date,
): Promise<MeterForecast[]> {
  const { organizationId, currentPeriodId: id, status, card } = subscription;
  const period: Period = { start: subscription.currentPeriodStart, end: subscription.currentPeriodEnd };
  const recent = recentDays(period, now);
  const stopped = status === "PAUSED" || status === "CANCELED";
  const why: NoForecast | null = stopped ? "NOT_RUNNING" : recent === null ? "TOO_EARLY" : null;
  const trial = status === "TRIALING";

  const [standings, totals, days, latest] = await Promise.all([
    readStandings(sql, [subscription], now, new Set()),
    periodTotals(sql, [{ organizationId, id, ...period }]),
    why === null && recent ? dayTotals(sql, organizationId, recent.from, recent.to) : [],
    why === null ? latestMix(sql, organizationId, now) : [],
  ]);
  const held = standings.get(organizationId)?.held ?? nothingHeld;
  const states = periodUsageOf(card, (totals.get(id) ?? []).flatMap(countedOf));
  const mix = latest.length > 0 ? latest : mixOfDays(days);
  const paceMs = recent ? lengthMs({ start: recent.from, end: recent.to }) : 1n;

  return meters.map((summary) => {
    const { meter } = summary;
    const allowance = trial ? null : card.meters[meter].included;
    if (meter === "storage") return storageForecast(subscription, summary, now, stopped);
    const scale = countedScale[meter];
    const pace = { units: unitsOf(days, meter), ms: paceMs };
    const figures = {
      meter,
      state: states.get(meter) ?? unused,
      amount: summary.amount,
      held: held[meter],
      pace,
      mix: meter === "generations" ? mix : ANY,
      trial,
    };
    return {
      meter,
      scale,
      used: summary.quantity,
      held: heldOf(held, meter),
      allowance,
      outlook: why === null ? outlookOf(card, period, now, figures) : null,
      why,
      days: recent?.days ?? null,
    };
  });
}

const ANY: readonly MixPart[] = [{ complexity: null, premium: false, weight: 1n }];

const heldOf = (held: Held, meter: CountedMeter): Exact => exact(held[meter], countedScale[meter]);

const unitsOf = (days: readonly DayRow[], meter: CountedMeter): bigint =>
  days.reduce((sum, row) => (row.meter === meter ? sum + row.units : sum), 0n);

const countedOf = ({ meter, complexity, units, billable }: Omit<DayRow, "day" | "events">): CountedTotal[] =>
  meter === "storage"
    ? []
    : [{ meter, complexity: complexity === "all" ? null : (complexity as Complexity), units, billable }];

/** Storage is rated as if its present level stood to the end, and that is its outlook. */
function storageForecast(
  subscription: CurrentSubscription,
  summary: MeterSummary,
  now: Date,
  stopped: boolean,
): MeterForecast {
  const { card, status, currentPeriodStart: start, currentPeriodEnd: end } = subscription;
  const scale = scaleOf("storage", lengthMs({ start, end }));
  const allowance = status === "TRIALING" ? null : card.meters.storage.included;
  const expected = (summary.quantity.numerator * scale) / summary.quantity.denominator;
  const level = summary.currentBytes ?? 0n;
  const soFar = expected - level * BigInt(Math.max(end.getTime() - now.getTime(), 0));
  const reached = allowance === null ? null : reachedAt(allowance * scale - soFar, { units: level, ms: 1n }, now, end);
  return {
    meter: "storage",
    scale,
    used: summary.quantity,
    held: exact(0n),
    allowance,
    outlook: stopped ? null : { expected, reachedAt: reached, amount: summary.amount },
    why: stopped ? "NOT_RUNNING" : null,
    days: null,
  };
}

/** So many of the latest events are looked at, so that the question costs the same for everybody. */
const SAMPLE = 5_000;

/** In which proportion the latest generations came; empty when there are none among the latest events. */
async function latestMix(sql: Sql, organizationId: string, now: Date): Promise<readonly MixPart[]> {
  const rows = await sql<{ complexity: Complexity | null; premium: boolean; weight: string }>(
    `select complexity, premium, count(*)::text as weight from (
       select action, complexity, premium, failed from usage_events
       where organization_id = $1 and occurred_at <= $2 order by occurred_at desc limit ${SAMPLE}) latest
     where action = 'GENERATION' and not failed group by complexity, premium order by complexity, premium`,
    [organizationId, now],
  );
  return rows.map(({ complexity, premium, weight }) => ({ complexity, premium, weight: whole(weight) }));
}

/** The same by complexity alone, which is what days keep. */
const mixOfDays = (days: readonly DayRow[]): readonly MixPart[] =>
  days.flatMap(({ meter, complexity, units }) =>
    meter === "generations" ? [{ complexity: complexity as Complexity, premium: false, weight: units }] : [],
  );
