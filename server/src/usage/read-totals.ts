import type { Period } from "../kernel/period.ts";
import { arrayOf, instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { isMeterCode } from "../rating/meter.ts";
import type { StorageOf, TotalRow } from "./meter-summary.ts";

type Row = {
  organization_id: string;
  meter: string;
  complexity: string;
  units: string;
  included: string;
  billable: string;
  over_limit: string;
  amount: string;
  credit: string;
};

const totalRow = (row: Row): TotalRow => {
  if (!isMeterCode(row.meter)) throw new Error(`no meter ${row.meter}`);
  return {
    meter: row.meter,
    complexity: row.complexity,
    units: whole(row.units),
    included: whole(row.included),
    billable: whole(row.billable),
    overLimit: whole(row.over_limit),
    amount: whole(row.amount),
    credit: whole(row.credit),
  };
};

/** A period of one organization. */
export type PeriodOf = Period & { readonly organizationId: string; readonly id: string };

/** Totals by period id, for the periods of many organizations at once. */
export async function periodTotals(sql: Sql, periods: readonly PeriodOf[]): Promise<Map<string, TotalRow[]>> {
  const rows = await sql<Row & { period_id: string }>(
    `select t.organization_id, t.period_id, t.meter, t.complexity, t.units, t.included, t.billable, t.over_limit, t.amount, t.credit
     from unnest($1::uuid[], $2::uuid[]) as p (organization_id, id)
     join usage_totals t on t.organization_id = p.organization_id and t.period_id = p.id`,
    [arrayOf(periods.map(({ organizationId }) => organizationId)), arrayOf(periods.map(({ id }) => id))],
  );
  return grouped(rows, (row) => row.period_id, totalRow);
}

/**
 * Storage by period id: one statement for the periods of many organizations.
 *
 * Its arrays stand in selects of their own, so that the planner does not look into them: planning it
 * anew for each of them took many times as long as running it.
 *
 * @param without ids of levels that are left out
 */
export async function periodStorage(
  sql: Sql,
  periods: readonly PeriodOf[],
  without: readonly string[] = [],
): Promise<Map<string, StorageOf>> {
  const rows = await sql<{ id: string; byte_ms: string; level: string }>(
    `with p as (select * from unnest((select $1::uuid[]), (select $2::uuid[]), (select $3::timestamptz[]), (select $4::timestamptz[])) as p (organization_id, id, start_at, end_at)),
     levels as (
       select p.id, p.end_at, greatest(l.occurred_at, p.start_at) as from_at, l.occurred_at, l.position, l.storage_bytes
       from p cross join lateral (
         (select e.occurred_at, e.position, e.storage_bytes from usage_events e
          where e.organization_id = p.organization_id and e.action = 'STORAGE' and e.occurred_at <= p.start_at and e.id <> all((select $5::uuid[])::uuid[])
            and not exists (select from usage_voids v where v.organization_id = e.organization_id and v.event_id = e.id)
          order by e.occurred_at desc, e.position desc limit 1)
         union all
         select e.occurred_at, e.position, e.storage_bytes from usage_events e
         where e.organization_id = p.organization_id and e.action = 'STORAGE' and e.occurred_at > p.start_at and e.occurred_at < p.end_at and e.id <> all((select $5::uuid[])::uuid[])
           and not exists (select from usage_voids v where v.organization_id = e.organization_id and v.event_id = e.id)
       ) l),
     spans as (
       select id, storage_bytes, occurred_at, position, from_at,
         lead(from_at, 1, end_at) over (partition by id order by occurred_at, position) as to_at
       from levels)
     select id, trunc(sum(storage_bytes * (extract(epoch from to_at - from_at) * 1000)))::text as byte_ms,
       (array_agg(storage_bytes order by occurred_at desc, position desc))[1]::text as level
     from spans group by id`,
    [
      arrayOf(periods.map(({ organizationId }) => organizationId)),
      arrayOf(periods.map(({ id }) => id)),
      arrayOf(periods.map(({ start }) => `"${start.toISOString()}"`)),
      arrayOf(periods.map(({ end }) => `"${end.toISOString()}"`)),
      arrayOf(without),
    ],
  );
  return new Map(rows.map((row) => [row.id, { byteMilliseconds: whole(row.byte_ms), currentBytes: whole(row.level) }]));
}

export const noStorage: StorageOf = { byteMilliseconds: 0n, currentBytes: 0n };

/** One meter and complexity on one UTC day. */
export type DayRow = TotalRow & { readonly day: Date; readonly events: bigint };

/** Daily totals of the UTC days from `from` up to, not including, `to`. */
export async function dayTotals(sql: Sql, organizationId: string, from: Date, to: Date): Promise<DayRow[]> {
  const rows = await sql<Row & { day: unknown; events: string }>(
    `select organization_id, to_char(day, 'YYYY-MM-DD') as day, meter, complexity, units, included, billable, over_limit, amount, 0 as credit, events
     from usage_days where organization_id = $1 and day >= $2::date and day < $3::date order by day, meter, complexity`,
    [organizationId, isoDay(from), isoDay(to)],
  );
  return rows.map((row) => ({
    ...totalRow(row),
    day: instant(`${String(row.day)}T00:00:00Z`),
    events: whole(row.events),
  }));
}

/** A UTC day as PostgreSQL reads it, the day after the last one of all calendars included: JavaScript writes that as +010000. */
const isoDay = (date: Date): string => date.toISOString().replace(/^\+0/, "").replace(/T.*/, "");

/** Totals of the events that occurred from `from` up to, not including, `to`: for spans that do not end at midnight. */
export async function eventTotals(sql: Sql, organizationId: string, from: Date, to: Date): Promise<TotalRow[]> {
  const rows = await sql<Row>(
    `with e as (
       select e.* from usage_events e where e.organization_id = $1 and e.occurred_at >= $2 and e.occurred_at < $3),
     parts as (
       select case when action = 'GENERATION' then 'generations' else 'api_calls' end as meter,
         case when action = 'GENERATION' then complexity else 'all' end as complexity, units, included, billable, amount from e where units > 0
       union all select 'compute', 'all', compute_units, compute_included, compute_billable, compute_amount from e where compute_units > 0
       union all select a.meter, case when a.meter = 'generations' then e.complexity else 'all' end, a.units, a.included, a.billable, a.amount
         from e join rating_adjustments a on a.organization_id = e.organization_id and a.event_id = e.id where not a.credit)
     select $1 as organization_id, meter, complexity, sum(units)::text as units, sum(included)::text as included, sum(billable)::text as billable,
       (sum(units) - sum(included) - sum(billable))::text as over_limit, sum(amount)::text as amount, '0' as credit
     from parts group by meter, complexity`,
    [organizationId, from, to],
  );
  return rows.map(totalRow);
}

function grouped<R, T>(rows: readonly R[], keyOf: (row: R) => string, make: (row: R) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key) ?? [];
    group.push(make(row));
    groups.set(key, group);
  }
  return groups;
}
