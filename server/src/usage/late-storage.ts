import { type Period, lengthMs } from "../kernel/period.ts";
import { instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { byteMilliseconds, type Level } from "../rating/storage.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { planById } from "../catalog/read-catalog.ts";
import { withOverrides } from "../subscriptions/subscription.ts";
import { rateStorage } from "./rate-storage.ts";
import type { StoredEvent } from "./stored-event.ts";

/** A storage level of the ledger. */
export type StoredLevel = Level & { readonly id: string; readonly position: bigint };

/**
 * The levels that matter from `from` on: the last one before it, and all after, ordered by instant
 * and, at one instant, by acceptance. Voided levels never stood.
 */
async function storageLevels(sql: Sql, organizationId: string, from: Date, to: Date): Promise<StoredLevel[]> {
  const rows = await sql<{ id: string; position: string; occurred_at: unknown; storage_bytes: string }>(
    `with levels as (
       select e.id, e.position, e.occurred_at, e.storage_bytes from usage_events e
       where e.organization_id = $1 and e.action = 'STORAGE'
         and not exists (select from usage_voids v where v.organization_id = e.organization_id and v.event_id = e.id))
     (select * from levels where occurred_at <= $2 order by occurred_at desc, position desc limit 1)
     union all
     (select * from levels where occurred_at > $2 and occurred_at < $3)
     order by occurred_at, position`,
    [organizationId, from, to],
  );
  return rows.map((row) => ({
    id: row.id,
    position: whole(row.position),
    at: instant(row.occurred_at),
    bytes: whole(row.storage_bytes),
  }));
}

/**
 * Counts what late storage levels add to closed periods in the open one: the difference in
 * byte-milliseconds that they make there, after the closed periods' own figures are frozen.
 */
export async function carryLateStorage(
  sql: Sql,
  subscription: CurrentSubscription,
  accepted: readonly StoredEvent[],
): Promise<void> {
  const late = accepted.filter(({ action, late }) => action === "STORAGE" && late);
  if (late.length === 0) return;
  const ids = new Set(late.map(({ id }) => id));
  await carryDifference(
    sql,
    subscription,
    late,
    (levels) => levels.filter(({ id }) => !ids.has(id)),
    (levels) => levels,
  );
}

/**
 * Adds to the open period what `after` counts more than `before` in the closed periods since the
 * earliest of `changed`.
 */
export async function carryDifference(
  sql: Sql,
  subscription: CurrentSubscription,
  changed: readonly { readonly occurredAt: Date }[],
  before: (levels: readonly StoredLevel[]) => readonly StoredLevel[],
  after: (levels: readonly StoredLevel[]) => readonly StoredLevel[],
): Promise<void> {
  const since = new Date(Math.min(...changed.map(({ occurredAt }) => occurredAt.getTime())));
  const { organizationId, currentPeriodStart: until } = subscription;
  const levels = await storageLevels(sql, organizationId, since, until);
  const span: Period = { start: since, end: until };
  if (lengthMs(span) <= 0n) return;
  await freezeStorage(
    sql,
    subscription,
    new Set(changed.flatMap((event) => ("id" in event && typeof event.id === "string" ? [event.id] : []))),
  );
  const difference = byteMilliseconds(after(levels), span) - byteMilliseconds(before(levels), span);
  if (difference === 0n) return;
  await sql(
    `insert into usage_totals as t (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
     values ($1, $2, 'storage', 'carried', $3::numeric, 0, 0, 0, 0, 0)
     on conflict (organization_id, period_id, meter, complexity) do update set units = t.units + excluded.units`,
    [organizationId, subscription.currentPeriodId, difference.toString()],
  );
}

/**
 * Keeps the byte-milliseconds of closed periods that are not kept yet, so that later levels do not
 * move a figure that was billed.
 *
 * @param without events that came after the close and did not count in it
 */
export async function freezeStorage(
  sql: Sql,
  { organizationId, overrides }: Pick<CurrentSubscription, "organizationId" | "overrides">,
  without: ReadonlySet<string> = new Set(),
): Promise<void> {
  const open = await sql<{ id: string; start_at: unknown; end_at: unknown; plan_version_id: string; trial: boolean }>(
    `select p.id, p.start_at, p.end_at, p.plan_version_id, p.trial from billing_periods p
     where p.organization_id = $1 and p.closed_at is not null and not exists (
       select from usage_totals t where t.organization_id = p.organization_id and t.period_id = p.id and t.meter = 'storage' and t.complexity = 'all')
     order by p.start_at`,
    [organizationId],
  );
  for (const row of open) {
    const period = { start: instant(row.start_at), end: instant(row.end_at) };
    const levels = await storageLevels(sql, organizationId, period.start, period.end);
    const carried = await carriedUnits(sql, organizationId, row.id);
    const units =
      byteMilliseconds(
        levels.filter(({ id }) => !without.has(id)),
        period,
      ) + carried;
    const card = withOverrides((await planById(sql, row.plan_version_id)).card, overrides);
    const { rated } = rateStorage(card, units, period, row.trial);
    await sql(
      `insert into usage_totals (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
       values ($1, $2, 'storage', 'all', $3::numeric, $4::numeric, $5::numeric, $6::numeric, $7::numeric, 0) on conflict do nothing`,
      [
        organizationId,
        row.id,
        rated.units.toString(),
        rated.included.toString(),
        rated.billable.toString(),
        rated.overLimit.toString(),
        rated.amount.toString(),
      ],
    );
  }
}

/** Byte-milliseconds that late levels brought into a period, negative when they took some away. */
async function carriedUnits(sql: Sql, organizationId: string, periodId: string): Promise<bigint> {
  const rows = await sql<{ units: string }>(
    "select units from usage_totals where organization_id = $1 and period_id = $2 and meter = 'storage' and complexity = 'carried'",
    [organizationId, periodId],
  );
  return whole(rows[0]?.units ?? 0);
}
