import { arrayOf, instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { RatedUnits } from "../rating/rate-units.ts";
import { rateCardHistories } from "../subscriptions/rate-card-history.ts";
import { lastOf, rateStorage } from "./rate-storage.ts";
import { noStorage, type PeriodOf, periodStorage } from "./read-totals.ts";

type ClosedPeriod = PeriodOf & { readonly planVersionId: string; readonly trial: boolean };

/**
 * Keeps the byte-milliseconds of closed periods that are not kept yet, so that later levels do not
 * move a figure that was billed. They are rated at the prices that were in force when they closed.
 * A constant number of statements, however many organizations they are of.
 *
 * @param without events that came after the close and did not count in it
 */
export async function freezeStorage(
  sql: Sql,
  organizationIds: readonly string[],
  without: ReadonlySet<string> = new Set(),
): Promise<void> {
  const periods = await closedPeriods(sql, organizationIds);
  if (periods.length === 0) return;
  const storage = await periodStorage(sql, periods, [...without]);
  const carried = await carriedUnits(sql, periods);
  const cards = await rateCardHistories(sql, periods);
  const frozen = periods.map((period) => {
    const card = cards.get(period.id)?.at(lastOf(period));
    if (!card) throw new Error("a period without rate cards");
    const units = (storage.get(period.id) ?? noStorage).byteMilliseconds + (carried.get(period.id) ?? 0n);
    return { period, rated: rateStorage(card, units, period, period.trial).rated };
  });
  await sql(INSERT, [JSON.stringify(frozen.map(record))]);
}

async function closedPeriods(sql: Sql, organizationIds: readonly string[]): Promise<ClosedPeriod[]> {
  const rows = await sql<{
    organization_id: string;
    id: string;
    start_at: unknown;
    end_at: unknown;
    plan_version_id: string;
    trial: boolean;
  }>(
    `select p.organization_id, p.id, p.start_at, p.end_at, p.plan_version_id, p.trial from billing_periods p
     where p.organization_id = any($1::uuid[]) and p.closed_at is not null and p.frozen_at is null and not exists (
       select from usage_totals t where t.organization_id = p.organization_id and t.period_id = p.id and t.meter = 'storage' and t.complexity = 'all')
     order by p.organization_id, p.start_at`,
    [arrayOf(organizationIds)],
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    id: row.id,
    start: instant(row.start_at),
    end: instant(row.end_at),
    planVersionId: row.plan_version_id,
    trial: row.trial,
  }));
}

/** Byte-milliseconds of earlier periods that periods count, by period. */
async function carriedUnits(sql: Sql, periods: readonly PeriodOf[]): Promise<Map<string, bigint>> {
  const rows = await sql<{ id: string; units: string }>(
    `select p.id, sum(t.units)::text as units from unnest($1::uuid[], $2::uuid[]) as p (organization_id, id)
     join usage_totals t on t.organization_id = p.organization_id and t.period_id = p.id and t.meter = 'storage'
       and starts_with(t.complexity, 'carried:')
     group by p.id`,
    [arrayOf(periods.map(({ organizationId }) => organizationId)), arrayOf(periods.map(({ id }) => id))],
  );
  return new Map(rows.map(({ id, units }) => [id, whole(units)]));
}

/** Numbers go as text, so that JSON cannot round them. */
const record = ({ period, rated }: { period: ClosedPeriod; rated: RatedUnits }) => ({
  organization_id: period.organizationId,
  period_id: period.id,
  units: rated.units.toString(),
  included: rated.included.toString(),
  billable: rated.billable.toString(),
  over_limit: rated.overLimit.toString(),
  amount: rated.amount.toString(),
});

const INSERT = `
  insert into usage_totals (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
  select organization_id, period_id, 'storage', 'all', units, included, billable, over_limit, amount, 0
  from json_to_recordset($1::json) as r (organization_id uuid, period_id uuid, units numeric, included numeric, billable numeric,
    over_limit numeric, amount numeric)
  on conflict do nothing`;
