import { newId } from "../platform/id.ts";
import type { Sql } from "../platform/database/sql.ts";
import { type CountedMeter } from "../rating/meter.ts";
import type { Complexity } from "../rating/rate-card.ts";

/** A change of one event's rating in one meter, in base units, and where it counts. */
export type Difference = {
  readonly eventId: string;
  readonly causeId: string;
  readonly periodId: string;
  readonly meter: CountedMeter;
  readonly complexity: Complexity | null;
  readonly day: Date;
  readonly units: bigint;
  readonly included: bigint;
  readonly billable: bigint;
  readonly amount: bigint;
  readonly reason: string;
  /** A credit in the open period for an event of a closed one: totals get its amount only, as a credit. */
  readonly credit: boolean;
  readonly at: Date;
};

/** Adds adjusting entries to the ledger and carries them into the totals of periods and days. */
export async function saveDifferences(
  sql: Sql,
  organizationId: string,
  differences: readonly Difference[],
): Promise<void> {
  if (differences.length === 0) return;
  const rows = JSON.stringify(
    differences.map((difference) => ({
      id: newId(),
      event_id: difference.eventId,
      cause_id: difference.causeId,
      period_id: difference.periodId,
      meter: difference.meter,
      complexity: difference.meter === "generations" ? (difference.complexity ?? "all") : "all",
      day: difference.day.toISOString().slice(0, 10),
      units: difference.units.toString(),
      included: difference.included.toString(),
      billable: difference.billable.toString(),
      amount: difference.amount.toString(),
      reason: difference.reason,
      credit: difference.credit,
      at: difference.at.toISOString(),
    })),
  );
  await sql(
    `insert into rating_adjustments (organization_id, id, event_id, period_id, meter, units, included, billable, amount, reason, cause_id, credit, at)
     select $1::uuid, id, event_id, period_id, meter, units, included, billable, amount, reason, cause_id, credit, at from ${RECORDS}`,
    [organizationId, rows],
  );
  await sql(
    `insert into usage_totals as t (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
     select $1::uuid, period_id, meter, complexity,
       ${sumUnless("units")}, ${sumUnless("included")}, ${sumUnless("billable")}, ${sumUnless("units - included - billable")}, ${sumUnless("amount")},
       coalesce(sum(-amount) filter (where credit), 0)
     from ${RECORDS} group by period_id, meter, complexity
     on conflict (organization_id, period_id, meter, complexity) do update set
       units = t.units + excluded.units, included = t.included + excluded.included, billable = t.billable + excluded.billable,
       over_limit = t.over_limit + excluded.over_limit, amount = t.amount + excluded.amount, credit = t.credit + excluded.credit`,
    [organizationId, rows],
  );
  await sql(
    `update usage_days t set units = t.units + d.units, included = t.included + d.included, billable = t.billable + d.billable,
       over_limit = t.over_limit + d.units - d.included - d.billable, amount = t.amount + d.amount
     from (select day, meter, complexity, sum(units) as units, sum(included) as included, sum(billable) as billable, sum(amount) as amount
           from ${RECORDS} where not credit group by day, meter, complexity) d
     where t.organization_id = $1 and t.day = d.day and t.meter = d.meter and t.complexity = d.complexity`,
    [organizationId, rows],
  );
}

const RECORDS = `json_to_recordset($2::json) as r (id uuid, event_id uuid, cause_id uuid, period_id uuid, meter text, complexity text, day date,
  units numeric, included numeric, billable numeric, amount numeric, reason text, credit boolean, at timestamptz)`;

const sumUnless = (expression: string): string => `coalesce(sum(${expression}) filter (where not credit), 0)`;
