import { lengthMs, type Period } from "../kernel/period.ts";
import { instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { byteMilliseconds, type Level } from "../rating/storage.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { rateCardHistory } from "../subscriptions/rate-card-history.ts";
import { carriedKey, creditKey } from "./meter-summary.ts";
import { lastOf, rateStorage } from "./rate-storage.ts";

type ClosedPeriod = Period & { readonly id: string; readonly planVersionId: string; readonly trial: boolean };

/**
 * Corrects what closed periods counted when the levels that stood in them are known better.
 *
 * What was stored more is counted in the open period, as late usage is. What was stored less is
 * taken from where it was counted, the latest first: from the open period, which follows by itself,
 * or from a closed one, whose figures stay and whose difference in price is credited in the open
 * one. Trials cost nothing, so nothing in them is corrected.
 *
 * @param before levels as they were counted, from the last one before `since`
 * @param after levels as they are known now
 */
export async function correctStorage(
  sql: Sql,
  subscription: CurrentSubscription,
  since: Date,
  before: readonly Level[],
  after: readonly Level[],
): Promise<void> {
  for (const period of await closedPeriods(sql, subscription.organizationId, since)) {
    if (period.trial) continue;
    const changed: Period = { start: period.start < since ? since : period.start, end: period.end };
    const more = byteMilliseconds(after, changed) - byteMilliseconds(before, changed);
    if (more > 0n) await carry(sql, subscription, period.id, subscription.currentPeriodId, more);
    if (more < 0n) await takeBack(sql, subscription, period, -more);
  }
}

async function closedPeriods(sql: Sql, organizationId: string, since: Date): Promise<ClosedPeriod[]> {
  const rows = await sql<PeriodRow>(
    `select id, start_at, end_at, plan_version_id, trial from billing_periods
     where organization_id = $1 and closed_at is not null and end_at > $2 order by start_at`,
    [organizationId, since],
  );
  return rows.map(closedPeriod);
}

type PeriodRow = { id: string; start_at: unknown; end_at: unknown; plan_version_id: string; trial: boolean };

const closedPeriod = (row: PeriodRow): ClosedPeriod => ({
  id: row.id,
  planVersionId: row.plan_version_id,
  trial: row.trial,
  start: instant(row.start_at),
  end: instant(row.end_at),
});

/** Counts byte-milliseconds of one period in another. */
async function carry(
  sql: Sql,
  { organizationId }: CurrentSubscription,
  from: string,
  to: string,
  units: bigint,
): Promise<void> {
  await sql(
    `insert into usage_totals as t (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
     values ($1, $2, 'storage', $3, $4::numeric, 0, 0, 0, 0, 0)
     on conflict (organization_id, period_id, meter, complexity) do update set units = t.units + excluded.units`,
    [organizationId, to, carriedKey(from), units.toString()],
  );
}

async function takeBack(
  sql: Sql,
  subscription: CurrentSubscription,
  period: ClosedPeriod,
  units: bigint,
): Promise<void> {
  const carriers = await sql<PeriodRow & { units: string; open: boolean }>(
    `select p.id, p.start_at, p.end_at, p.plan_version_id, p.trial, p.closed_at is null as open, t.units::text as units
     from usage_totals t join billing_periods p on p.organization_id = t.organization_id and p.id = t.period_id
     where t.organization_id = $1 and t.meter = 'storage' and t.complexity = $2 and t.units > 0 order by p.start_at desc`,
    [subscription.organizationId, carriedKey(period.id)],
  );
  let left = units;
  for (const carrier of carriers) {
    const taken = left < whole(carrier.units) ? left : whole(carrier.units);
    if (taken === 0n) break;
    await carry(sql, subscription, period.id, carrier.id, -taken);
    if (!carrier.open) await credit(sql, subscription, closedPeriod(carrier), taken);
    left -= taken;
  }
  if (left > 0n) await credit(sql, subscription, period, left);
}

/**
 * Credits in the open period what a closed one cost more for `units` byte-milliseconds, and
 * remembers that they are gone, so that a further correction counts from there.
 */
async function credit(
  sql: Sql,
  { organizationId, currentPeriodId }: CurrentSubscription,
  period: ClosedPeriod,
  units: bigint,
): Promise<void> {
  const [row] = await sql<{ counted: string }>(
    `select sum(units)::text as counted from usage_totals
     where organization_id = $1 and period_id = $2 and meter = 'storage' and complexity in ('all', 'corrected')`,
    [organizationId, period.id],
  );
  const counted = whole(row?.counted ?? 0);
  const card = (await rateCardHistory(sql, organizationId, period)).at(lastOf(period));
  const amountOf = (quantity: bigint): bigint => rateStorage(card, quantity, period, period.trial).rated.amount;
  await sql(
    `insert into usage_totals as t (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
     values ($1, $2, 'storage', 'corrected', $3::numeric, 0, 0, 0, 0, 0), ($1, $4, 'storage', $5, 0, 0, 0, 0, 0, $6::numeric)
     on conflict (organization_id, period_id, meter, complexity) do update set units = t.units + excluded.units, credit = t.credit + excluded.credit`,
    [
      organizationId,
      period.id,
      (-units).toString(),
      currentPeriodId,
      creditKey(lengthMs(period)),
      (amountOf(counted) - amountOf(counted - units)).toString(),
    ],
  );
}
