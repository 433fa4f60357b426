import type { Sql } from "../platform/database/sql.ts";
import { startOfDay } from "../kernel/period.ts";
import type { MeterPart } from "./rate-fact.ts";
import type { StoredEvent } from "./stored-event.ts";

/** Sums to add to a row of totals. */
type Sums = {
  units: bigint;
  included: bigint;
  billable: bigint;
  overLimit: bigint;
  amount: bigint;
  events: bigint;
  costNanos: bigint;
};

const nothing = (): Sums => ({
  units: 0n,
  included: 0n,
  billable: 0n,
  overLimit: 0n,
  amount: 0n,
  events: 0n,
  costNanos: 0n,
});

/**
 * What batches add to the totals of periods and days: one row for each meter and complexity, so
 * that the cost of keeping totals grows with the kinds of usage, not with the events.
 */
export class TotalsDelta {
  readonly #periods = new Map<string, Sums>();
  readonly #days = new Map<string, Sums>();

  /** Counts one accepted event with its parts. */
  add(event: StoredEvent, parts: readonly MeterPart[]): void {
    const { organizationId } = event;
    const day = `${organizationId}|${startOfDay(event.occurredAt).toISOString().slice(0, 10)}`;
    // An event with two parts is one event, with one cost: both are counted with the first part.
    let eventsLeft = 1n;
    let costLeft = event.costNanos;
    for (const { meter, complexity, rated } of parts) {
      const row = `${meter}|${complexity ?? "all"}`;
      addTo(this.#periods, `${organizationId}|${event.periodId}|${row}`, rated, 0n, 0n);
      addTo(this.#days, `${day}|${row}`, rated, eventsLeft, costLeft);
      eventsLeft = 0n;
      costLeft = 0n;
    }
    if (parts.length === 0) {
      // Failed generations, short tasks and storage levels count as events of their day all the same.
      const meter = event.action === "GENERATION" ? "generations" : event.action === "STORAGE" ? "storage" : "compute";
      addTo(
        this.#days,
        `${day}|${meter}|${event.complexity && meter === "generations" ? event.complexity : "all"}`,
        null,
        1n,
        costLeft,
      );
    }
  }

  async save(sql: Sql): Promise<void> {
    await Promise.all([saveRows(sql, SAVE_PERIODS, this.#periods), saveRows(sql, SAVE_DAYS, this.#days)]);
  }
}

function addTo(
  rows: Map<string, Sums>,
  key: string,
  rated: MeterPart["rated"] | null,
  events: bigint,
  costNanos: bigint,
): void {
  const sums = rows.get(key) ?? nothing();
  rows.set(key, sums);
  sums.events += events;
  sums.costNanos += costNanos;
  if (rated === null) return;
  sums.units += rated.units;
  sums.included += rated.included;
  sums.billable += rated.billable;
  sums.overLimit += rated.overLimit;
  sums.amount += rated.amount;
}

const SAVE_PERIODS = `
  insert into usage_totals as t (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
  select organization_id, key::uuid, meter, complexity, units, included, billable, over_limit, amount, 0
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[], $10::int8[], $11::numeric[])
    as d (organization_id, key, meter, complexity, units, included, billable, over_limit, amount, events, cost_nanos)
  on conflict (organization_id, period_id, meter, complexity) do update set
    units = t.units + excluded.units, included = t.included + excluded.included, billable = t.billable + excluded.billable,
    over_limit = t.over_limit + excluded.over_limit, amount = t.amount + excluded.amount`;

const SAVE_DAYS = `
  insert into usage_days as t (organization_id, day, meter, complexity, units, included, billable, over_limit, amount, events, cost_nanos)
  select organization_id, key::date, meter, complexity, units, included, billable, over_limit, amount, events, cost_nanos
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[], $10::int8[], $11::numeric[])
    as d (organization_id, key, meter, complexity, units, included, billable, over_limit, amount, events, cost_nanos)
  on conflict (organization_id, day, meter, complexity) do update set
    units = t.units + excluded.units, included = t.included + excluded.included, billable = t.billable + excluded.billable,
    over_limit = t.over_limit + excluded.over_limit, amount = t.amount + excluded.amount,
    events = t.events + excluded.events, cost_nanos = t.cost_nanos + excluded.cost_nanos`;

async function saveRows(sql: Sql, statement: string, rows: ReadonlyMap<string, Sums>): Promise<void> {
  if (rows.size === 0) return;
  const keys = [...rows.keys()].map((key) => key.split("|"));
  const sums = [...rows.values()];
  const column = (pick: (sum: Sums) => bigint): string => `{${sums.map(pick).join(",")}}`;
  const part = (index: number): string => `{${keys.map((key) => key[index] ?? "").join(",")}}`;
  await sql(statement, [
    part(0),
    part(1),
    part(2),
    part(3),
    column((sum) => sum.units),
    column((sum) => sum.included),
    column((sum) => sum.billable),
    column((sum) => sum.overLimit),
    column((sum) => sum.amount),
    column((sum) => sum.events),
    column((sum) => sum.costNanos),
  ]);
}
