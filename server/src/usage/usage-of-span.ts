import { DAY_MS } from "../kernel/clock.ts";
import { type Period, startOfDay } from "../kernel/period.ts";
import { type Sql, sqlIn } from "../platform/database/sql.ts";
import { badInput } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import { rateCardHistory } from "../subscriptions/rate-card-history.ts";
import { type MeterSummary, meterSummaries, type TotalRow } from "./meter-summary.ts";
import { currentUsageLoader } from "./period-usage.loader.ts";
import { lastOf } from "./rate-storage.ts";
import { dayTotals, eventTotals, noStorage, periodStorage, periodTotals } from "./read-totals.ts";

export type SpanUsage = { readonly period: Period; readonly meters: readonly MeterSummary[] };

/** A span of at most ten years. */
const LONGEST_MS = 3_660 * DAY_MS;

/**
 * Usage of the current period, of a named billing period, or of any other span.
 *
 * A billing period gives what is billed for it, late events of earlier periods included. Any other
 * span counts what occurred in it: whole days from daily totals, the hours at its ends from events;
 * its storage is rated as if the span were a period of the present plan.
 *
 * @throws EdgeFault BAD_USER_INPUT when only one end is named, or they are not in order
 */
export async function usageOfSpan(
  scope: Scope,
  organizationId: string,
  from?: Date | null,
  to?: Date | null,
): Promise<SpanUsage> {
  const span = spanFrom(from, to);
  const { subscription, meters } = await currentUsageLoader(scope).load(organizationId);
  const current = { start: subscription.currentPeriodStart, end: subscription.currentPeriodEnd };
  if (span === null || same(span, current)) return { period: current, meters };

  const sql = sqlIn(scope.em);
  const [past] = await sql<{ id: string; plan_version_id: string; trial: boolean; closed_at: unknown }>(
    "select id, plan_version_id, trial, closed_at from billing_periods where organization_id = $1 and start_at = $2 and end_at = $3",
    [organizationId, span.start, span.end],
  );
  const id = past?.id ?? organizationId;
  const storage = (await periodStorage(sql, [{ organizationId, id, ...span }])).get(id) ?? noStorage;
  if (past) {
    const card = (await rateCardHistory(sql, organizationId, { id, planVersionId: past.plan_version_id })).at(
      lastOf(span),
    );
    const rows = (await periodTotals(sql, [{ organizationId, id, ...span }])).get(id) ?? [];
    return { period: span, meters: meterSummaries(card, span, past.closed_at === null, past.trial, rows, storage) };
  }
  const rows = await spanTotals(sql, organizationId, span);
  const open = span.end.getTime() > scope.clock().getTime();
  return {
    period: span,
    meters: meterSummaries(subscription.card, span, open, subscription.status === "TRIALING", rows, storage),
  };
}

/** The span that two optional instants name; null when none is. @throws EdgeFault BAD_USER_INPUT */
export function spanFrom(from?: Date | null, to?: Date | null): Period | null {
  if (!from && !to) return null;
  if (!from || !to) throw badInput("Name both from and to, or neither.");
  if (from.getTime() >= to.getTime()) throw badInput("from must be before to.");
  if (to.getTime() - from.getTime() > LONGEST_MS) throw badInput("A span may cover at most ten years.");
  return { start: from, end: to };
}

const same = (a: Period, b: Period): boolean =>
  a.start.getTime() === b.start.getTime() && a.end.getTime() === b.end.getTime();

async function spanTotals(sql: Sql, organizationId: string, { start, end }: Period): Promise<TotalRow[]> {
  const firstMidnight = new Date(startOfDay(new Date(start.getTime() + DAY_MS - 1)));
  const lastMidnight = startOfDay(end);
  if (firstMidnight.getTime() > lastMidnight.getTime()) return eventTotals(sql, organizationId, start, end);
  const rows: TotalRow[] = (await dayTotals(sql, organizationId, firstMidnight, lastMidnight)).filter(
    ({ meter }) => meter !== "storage",
  );
  if (start.getTime() < firstMidnight.getTime())
    rows.push(...(await eventTotals(sql, organizationId, start, firstMidnight)));
  if (lastMidnight.getTime() < end.getTime()) rows.push(...(await eventTotals(sql, organizationId, lastMidnight, end)));
  return rows;
}
