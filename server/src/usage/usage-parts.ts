import { type Exact, exact } from "../kernel/exact.ts";
import { arrayOf, whole, wholeOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { type CountedMeter, countedScale } from "../rating/meter.ts";
import type { Complexity } from "../rating/rate-card.ts";
import type { PeriodOf } from "./read-totals.ts";

/** Usage of one meter in one period that was priced alike. Quantities in the meter's unit, amounts in nano-units. */
export type UsagePart = {
  readonly meter: CountedMeter;
  readonly complexity: Complexity | null;
  readonly premium: boolean;
  readonly billable: Exact;
  /** Nano-units of one unit before the multiplier; null where no single price was. */
  readonly unitNanos: Exact | null;
  /** billable x unitNanos x multiplier = amount. */
  readonly multiplier: Exact;
  readonly amount: Exact;
  /** Those that were billed, voided ones among them. */
  readonly events: bigint;
};

/**
 * What is billed of the counted meters in periods, by complexity, model class and price, as the
 * ledger's events have it now; by period id, for many periods at once.
 *
 * Reads the events themselves: for looking at one invoice, not for lists.
 */
export async function usageParts(sql: Sql, periods: readonly PeriodOf[]): Promise<Map<string, UsagePart[]>> {
  const rows = await sql<Row>(SELECT, [
    arrayOf(periods.map(({ organizationId }) => organizationId)),
    arrayOf(periods.map(({ id }) => id)),
    arrayOf(periods.map(({ start }) => `"${start.toISOString()}"`)),
    arrayOf(periods.map(({ end }) => `"${end.toISOString()}"`)),
  ]);
  const parts = new Map<string, UsagePart[]>();
  for (const row of rows) {
    const own = parts.get(row.period_id) ?? [];
    parts.set(row.period_id, own);
    own.push(partOf(row));
  }
  return parts;
}

type Row = {
  period_id: string;
  meter: CountedMeter;
  complexity: Complexity | null;
  premium: boolean;
  unit_nanos: string | null;
  billable: string;
  amount: string;
  events: string;
};

function partOf(row: Row): UsagePart {
  const scale = countedScale[row.meter];
  const billable = exact(whole(row.billable), scale);
  const amount = exact(whole(row.amount), scale);
  const listed = wholeOrNull(row.unit_nanos);
  const { unitNanos, multiplier } = priceOf(billable, amount, listed);
  return {
    meter: row.meter,
    complexity: row.complexity,
    premium: row.premium,
    billable,
    unitNanos,
    multiplier,
    amount,
    events: whole(row.events),
  };
}

/** The price that makes the quantity the amount: the listed one with its multiplier, else one of whole nano-units. */
function priceOf(billable: Exact, amount: Exact, listed: bigint | null): Pick<UsagePart, "unitNanos" | "multiplier"> {
  if (billable.numerator <= 0n) return { unitNanos: listed === null ? null : exact(listed), multiplier: exact(1n) };
  const perUnit = exact(amount.numerator * billable.denominator, amount.denominator * billable.numerator);
  if (listed !== null && listed > 0n)
    return { unitNanos: exact(listed), multiplier: exact(perUnit.numerator, perUnit.denominator * listed) };
  return { unitNanos: perUnit.denominator === 1n ? perUnit : null, multiplier: exact(1n) };
}

/** What of an event counts here: its rows are wide, and a period may have many. */
const EVENT = `e.organization_id, e.id, e.period_id, e.action, e.complexity, e.premium, e.unit_nanos, e.billable, e.amount,
      e.compute_unit_nanos, e.compute_billable, e.compute_amount`;

/**
 * Events of a period occurred in it, give or take what clocks differ, or came late; each of the two
 * has its index. They are looked up period by period (`offset 0` keeps it so): a plan that joins
 * would read all that a large customer ever did.
 */
const SELECT = `
  with p as (select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as p (organization_id, id, start_at, end_at)),
  e as (
    select e.* from p cross join lateral (
      (select ${EVENT} from usage_events e where e.organization_id = p.organization_id and e.period_id = p.id and not e.late
         and e.occurred_at >= p.start_at - interval '1 day' and e.occurred_at < p.end_at + interval '1 day'
         and (e.billable > 0 or e.compute_billable > 0) offset 0)
      union all
      (select ${EVENT} from usage_events e where e.organization_id = p.organization_id and e.period_id = p.id and e.late
         and (e.billable > 0 or e.compute_billable > 0) offset 0)) e),
  parts as (
    select organization_id, id, period_id, case when action = 'GENERATION' then 'generations' else 'api_calls' end as meter,
      case when action = 'GENERATION' then complexity end as complexity, action = 'GENERATION' and premium as premium, unit_nanos, billable, amount
    from e where billable > 0
    union all
    select organization_id, id, period_id, 'compute', null, false, compute_unit_nanos, compute_billable, compute_amount from e where compute_billable > 0),
  adjusted as (
    select a.organization_id, a.event_id, a.meter, sum(a.billable) as billable, sum(a.amount) as amount
    from p join rating_adjustments a on a.organization_id = p.organization_id and a.period_id = p.id and not a.credit
    group by a.organization_id, a.event_id, a.meter)
  select parts.period_id, parts.meter, parts.complexity, parts.premium, parts.unit_nanos::text as unit_nanos, count(*)::text as events,
    sum(parts.billable + coalesce(a.billable, 0))::text as billable, sum(parts.amount + coalesce(a.amount, 0))::text as amount
  from parts left join adjusted a on a.organization_id = parts.organization_id and a.event_id = parts.id and a.meter = parts.meter
  group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`;
