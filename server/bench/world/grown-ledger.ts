import type pg from "pg";

const DAYS = 25;

/** Lets every open period have begun some weeks ago, with its events on the days since. */
export async function stretchPeriods(admin: pg.Client): Promise<void> {
  await admin.query(`update organizations set created_at = created_at - interval '${DAYS} days'`);
  await admin.query(
    `update subscriptions set current_period_start = current_period_start - interval '${DAYS} days',
       started_at = started_at - interval '${DAYS} days'`,
  );
  await admin.query(`update billing_periods set start_at = start_at - interval '${DAYS} days' where closed_at is null`);
  await admin.query(`update usage_events set occurred_at = recorded_at - random() * interval '${DAYS - 1} days'`);
}

/**
 * Multiplies the events of the ledger by copying what was recorded, over the days of the open
 * periods, and sums the totals that the product would have kept for them.
 *
 * @returns how many events there are then: `size`, or a little more
 */
export async function growLedger(admin: pg.Client, size: number): Promise<number> {
  const { rows } = await admin.query<{ count: string }>("select count(*) as count from usage_events");
  const missing = Math.max(0, size - Number(rows[0]?.count));
  if (missing > 0) await copyEvents(admin, missing);
  await sumTotals(admin);
  await admin.query("vacuum analyze usage_events");
  await admin.query("analyze");
  return Number(rows[0]?.count) + missing;
}

async function copyEvents(admin: pg.Client, count: number): Promise<void> {
  const columns = await admin.query<{ column: string }>(
    `select column_name as column from information_schema.columns
     where table_name = 'usage_events' and table_schema = 'public' order by ordinal_position`,
  );
  const changed: Readonly<Record<string, string>> = {
    id: "gen_random_uuid()",
    idempotency_key: "gen_random_uuid()::text",
    position: "last.position + series.number",
    occurred_at: `last.at - random() * interval '${DAYS - 1} days'`,
  };
  const names = columns.rows.map(({ column }) => column);
  // Every organization gets as many, from the same few of its events.
  await admin.query(
    `insert into usage_events (${names.join(", ")})
     with last as (
       select organization_id, max(position) as position, max(recorded_at) as at, row_number() over (order by organization_id) as number,
         count(*) over () as organizations
       from usage_events group by organization_id)
     select ${names.map((name) => changed[name] ?? `e.${name}`).join(", ")}
     from last cross join lateral generate_series(1, (${count} + organizations - last.number) / organizations) as series (number)
       join usage_events e on e.organization_id = last.organization_id and e.position = 1 + series.number % 500`,
  );
}

/** The totals by period and by day, summed from the events. */
async function sumTotals(admin: pg.Client): Promise<void> {
  const parts = `
    select organization_id, period_id, (occurred_at at time zone 'UTC')::date as day,
      case action when 'API_CALL' then 'api_calls' else 'generations' end as meter, coalesce(complexity, 'all') as complexity,
      units, included, billable, amount, 1 as events, cost_nanos
    from usage_events where units > 0
    union all
    select organization_id, period_id, (occurred_at at time zone 'UTC')::date, 'compute', 'all',
      compute_units, compute_included, compute_billable, compute_amount, 0, 0
    from usage_events where compute_units > 0`;
  await admin.query("truncate usage_totals, usage_days");
  await admin.query(
    `insert into usage_totals (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
     select organization_id, period_id, meter, complexity, sum(units), sum(included), sum(billable), 0, sum(amount), 0
     from (${parts}) p group by 1, 2, 3, 4`,
  );
  await admin.query(
    `insert into usage_days (organization_id, day, meter, complexity, units, included, billable, over_limit, amount, events, cost_nanos)
     select organization_id, day, meter, complexity, sum(units), sum(included), sum(billable), 0, sum(amount), sum(events), sum(cost_nanos)
     from (${parts}) p group by 1, 2, 3, 4`,
  );
}
