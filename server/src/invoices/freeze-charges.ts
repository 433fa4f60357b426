import { arrayOf, instant } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { newId } from "../platform/id.ts";
import { freezeStorage } from "../usage/freeze-storage.ts";
import { type PeriodOf, periodTotals } from "../usage/read-totals.ts";
import { chargesOf, type NewCharge } from "./usage-charge.ts";

/** What a freeze has done: the periods it looked at for the last time, and the charges that came of them. */
export type Frozen = { readonly periods: number; readonly charges: number };

/**
 * Turns the usage of every closed period of these organizations into charges, once and for all.
 *
 * A trial has no usage to bill, since all of it is included, but may hold credits for what came
 * before it. Charges of a stretch that has none are none; the period is done all the same. Doing it
 * again, or twice at once, adds nothing: a period, meter and kind has one charge.
 *
 * @param sql a transaction that holds the lock of each organization's subscription
 */
export async function freezeCharges(sql: Sql, organizationIds: readonly string[], now: Date): Promise<Frozen> {
  const periods = await closedPeriods(sql, organizationIds);
  if (periods.length === 0) return { periods: 0, charges: 0 };
  await freezeStorage(sql, [...new Set(periods.map(({ organizationId }) => organizationId))]);
  const totals = await periodTotals(sql, periods);
  const charges = await insertCharges(
    sql,
    periods.flatMap((period) => chargesOf(period, totals.get(period.id) ?? []).map((charge) => ({ period, charge }))),
    now,
  );
  await markFrozen(sql, periods, now);
  return { periods: periods.length, charges };
}

/** The closed periods that are not frozen yet, oldest first. */
async function closedPeriods(sql: Sql, organizationIds: readonly string[]): Promise<PeriodOf[]> {
  const rows = await sql<{ organization_id: string; id: string; start_at: unknown; end_at: unknown }>(
    `select organization_id, id, start_at, end_at from billing_periods
     where organization_id = any($1::uuid[]) and closed_at is not null and frozen_at is null
     order by organization_id, start_at`,
    [arrayOf(organizationIds)],
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    id: row.id,
    start: instant(row.start_at),
    end: instant(row.end_at),
  }));
}

type PeriodCharge = { readonly period: PeriodOf; readonly charge: NewCharge };

/** @returns how many were new */
async function insertCharges(sql: Sql, charges: readonly PeriodCharge[], now: Date): Promise<number> {
  if (charges.length === 0) return 0;
  const rows = await sql(
    `insert into usage_charges (organization_id, id, billing_period_id, period_start, period_end, meter, kind, route, description,
       quantity, exact_nanos, amount_minor, rounding_nanos, state, created_at)
     select c.organization_id, c.id, c.period_id, c.period_start, c.period_end, c.meter, c.kind,
       case when c.kind = 'CREDIT' then 'invoice_item' else coalesce(r.route, 'invoice_item') end, c.description,
       c.quantity, c.exact_nanos, c.amount_minor, c.rounding_nanos, 'PENDING', $2
     from json_to_recordset($1::json) as c (organization_id uuid, id uuid, period_id uuid, period_start timestamptz, period_end timestamptz,
       meter text, kind text, description text, quantity numeric, exact_nanos numeric, amount_minor int8, rounding_nanos numeric)
     left join lateral (select route from meter_routes r
       where r.organization_id = c.organization_id and r.meter = c.meter and r.chosen_at <= c.period_start
       order by r.chosen_at desc limit 1) r on true
     on conflict (organization_id, billing_period_id, meter, kind) do nothing
     returning 1`,
    [JSON.stringify(charges.map(record)), now],
  );
  return rows.length;
}

/** Numbers go as text, so that JSON cannot round them. */
const record = ({ period, charge }: PeriodCharge) => ({
  organization_id: period.organizationId,
  id: newId(),
  period_id: period.id,
  period_start: period.start.toISOString(),
  period_end: period.end.toISOString(),
  meter: charge.meter,
  kind: charge.kind,
  description: charge.description,
  quantity: charge.quantity,
  exact_nanos: charge.exactNanos,
  amount_minor: charge.amountMinor.toString(),
  rounding_nanos: charge.roundingNanos,
});

async function markFrozen(sql: Sql, periods: readonly PeriodOf[], now: Date): Promise<void> {
  await sql(
    `update billing_periods p set frozen_at = $3 from unnest($1::uuid[], $2::uuid[]) as f (organization_id, id)
     where p.organization_id = f.organization_id and p.id = f.id and p.frozen_at is null`,
    [arrayOf(periods.map(({ organizationId }) => organizationId)), arrayOf(periods.map(({ id }) => id)), now],
  );
}
