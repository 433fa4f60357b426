import type { Sql } from "../platform/database/sql.ts";
import { instant, whole } from "../platform/database/row.ts";
import { startOfDay } from "../kernel/period.ts";
import { type CountedMeter, countedScale } from "../rating/meter.ts";
import type { Complexity } from "../rating/rate-card.ts";
import { rateUnits, unused } from "../rating/rate-units.ts";
import type { RateCardHistory } from "../subscriptions/rate-card-history.ts";
import { type CountedTotal, periodUsageOf } from "./rate-fact.ts";
import type { Difference } from "./save-differences.ts";
import type { StoredEvent } from "./stored-event.ts";

/** How many later events are rated again at a time. */
const PAGE = 2_000;

/** An accepted event's part in one meter as it stands now, adjustments included. */
type Rated = {
  readonly id: string;
  readonly position: bigint;
  readonly complexity: Complexity | null;
  readonly premium: boolean;
  readonly trial: boolean;
  readonly day: Date;
  readonly recordedAt: Date;
  readonly units: bigint;
  readonly included: bigint;
  readonly billable: bigint;
  readonly amount: bigint;
};

/**
 * Rates the events that were accepted after `event` in its open period again, in their order, as if
 * it had never been, and tells what changes. Each is rated by the card that was in force when it came.
 *
 * Stops early where nothing can change any more: under prices per unit, as soon as the units given
 * back are used up, since amounts do not depend on what came before.
 */
export async function rerateAfter(
  sql: Sql,
  cards: RateCardHistory,
  event: StoredEvent,
  meter: CountedMeter,
): Promise<Omit<Difference, "causeId" | "at" | "reason" | "credit">[]> {
  const changes: Omit<Difference, "causeId" | "at" | "reason" | "credit">[] = [];
  const totals = await totalsBefore(sql, event, meter);
  let givenBack = event[meter === "compute" ? "compute" : "counted"].units;
  let after = event.position;

  for (;;) {
    const page = await ratedAfter(sql, event, meter, after);
    for (const item of page) {
      const card = cards.at(item.recordedAt);
      const state = periodUsageOf(card, [...totals.values()]).get(meter) ?? unused;
      const again = rateUnits(card, state, {
        meter,
        units: item.units,
        scale: countedScale[meter],
        complexity: item.complexity,
        premium: item.premium,
        trial: item.trial,
      });
      const { included, billable, amount } = again.rated;
      count(totals, meter, item.complexity, item.units, billable);
      if (included !== item.included || billable !== item.billable || amount !== item.amount) {
        changes.push({
          eventId: item.id,
          periodId: event.periodId,
          meter,
          complexity: item.complexity,
          day: item.day,
          units: 0n,
          included: included - item.included,
          billable: billable - item.billable,
          amount: amount - item.amount,
        });
        givenBack -= included - item.included;
      }
      if (givenBack <= 0n && cards.isPerUnit(meter)) return changes;
      after = item.position;
    }
    if (page.length < PAGE) return changes;
  }
}

/** What one meter counted so far, by complexity. */
type Totals = Map<Complexity | null, CountedTotal>;

function count(
  totals: Totals,
  meter: CountedMeter,
  complexity: Complexity | null,
  units: bigint,
  billable: bigint,
): void {
  const before = totals.get(complexity) ?? { meter, complexity, units: 0n, billable: 0n };
  totals.set(complexity, { ...before, units: before.units + units, billable: before.billable + billable });
}

/** How far the meter was used before the event, from the events that still count. */
async function totalsBefore(sql: Sql, event: StoredEvent, meter: CountedMeter): Promise<Totals> {
  const rows = await sql<{ complexity: Complexity | null; units: string; billable: string }>(
    `select complexity, sum(units)::text as units, sum(billable)::text as billable from (${CURRENT(meter)} and e.position < $3) c group by complexity`,
    [event.organizationId, event.periodId, event.position.toString()],
  );
  const totals: Totals = new Map();
  for (const { complexity, units, billable } of rows) count(totals, meter, complexity, whole(units), whole(billable));
  return totals;
}

async function ratedAfter(sql: Sql, event: StoredEvent, meter: CountedMeter, position: bigint): Promise<Rated[]> {
  const rows = await sql<
    Record<string, unknown> & { id: string; complexity: Complexity | null; premium: boolean; trial: boolean }
  >(`select * from (${CURRENT(meter)} and e.position > $3) c where units > 0 order by position limit ${PAGE}`, [
    event.organizationId,
    event.periodId,
    position.toString(),
  ]);
  return rows.map((row) => ({
    id: row.id,
    position: whole(row["position"]),
    complexity: row.complexity,
    premium: row.premium,
    trial: row.trial,
    day: startOfDay(instant(row["occurred_at"])),
    recordedAt: instant(row["recorded_at"]),
    units: whole(row["units"]),
    included: whole(row["included"]),
    billable: whole(row["billable"]),
    amount: whole(row["amount"]),
  }));
}

/** The parts of a period's events in one meter with their adjustments; voided ones come out as nothing. */
function CURRENT(meter: CountedMeter): string {
  const prefix = meter === "compute" ? "compute_" : "";
  const action =
    meter === "generations" ? "and e.action = 'GENERATION'" : meter === "api_calls" ? "and e.action = 'API_CALL'" : "";
  const now = (column: string): string => `(e.${prefix}${column} + coalesce(a.${column}, 0))::text as ${column}`;
  return `select e.id, e.position, ${meter === "generations" ? "e.complexity" : "null::text as complexity"}, e.premium, e.trial, e.occurred_at, e.recorded_at,
      (e.${prefix}units + coalesce(a.units, 0)) as units, ${now("included")}, (e.${prefix}billable + coalesce(a.billable, 0)) as billable, ${now("amount")}
    from usage_events e
    left join lateral (
      select sum(r.units) as units, sum(r.included) as included, sum(r.billable) as billable, sum(r.amount) as amount
      from rating_adjustments r where r.organization_id = e.organization_id and r.event_id = e.id and r.meter = '${meter}' and not r.credit) a on true
    where e.organization_id = $1 and e.period_id = $2 and e.${prefix}units > 0 ${action}`;
}
