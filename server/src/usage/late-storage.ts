import { instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { byteMilliseconds, type Level } from "../rating/storage.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { rateCardHistory } from "../subscriptions/rate-card-history.ts";
import { correctStorage } from "./correct-storage.ts";
import { lastOf, rateStorage } from "./rate-storage.ts";
import type { StoredEvent } from "./stored-event.ts";

/** A storage level of the ledger. */
export type StoredLevel = Level & { readonly id: string; readonly position: bigint };

/**
 * The levels that matter from `from` on: the last one before it, and all since, ordered by instant
 * and, at one instant, by acceptance. Voided levels never stood.
 */
async function storageLevels(sql: Sql, organizationId: string, from: Date, to: Date): Promise<StoredLevel[]> {
  const rows = await sql<{ id: string; position: string; occurred_at: unknown; storage_bytes: string }>(
    `with levels as (
       select e.id, e.position, e.occurred_at, e.storage_bytes from usage_events e
       where e.organization_id = $1 and e.action = 'STORAGE'
         and not exists (select from usage_voids v where v.organization_id = e.organization_id and v.event_id = e.id))
     (select * from levels where occurred_at < $2 order by occurred_at desc, position desc limit 1)
     union all
     (select * from levels where occurred_at >= $2 and occurred_at < $3)
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
 * Counts what late storage levels change in closed periods, after the closed periods' own figures
 * are frozen.
 */
export async function countLateStorage(
  sql: Sql,
  subscription: CurrentSubscription,
  accepted: readonly StoredEvent[],
): Promise<void> {
  const late = accepted.filter(({ action, late }) => action === "STORAGE" && late);
  if (late.length === 0) return;
  const ids = new Set(late.map(({ id }) => id));
  await freezeStorage(sql, subscription.organizationId, ids);
  const since = new Date(Math.min(...late.map(({ occurredAt }) => occurredAt.getTime())));
  const levels = await storageLevels(sql, subscription.organizationId, since, subscription.currentPeriodStart);
  await correctStorage(
    sql,
    subscription,
    since,
    levels.filter(({ id }) => !ids.has(id)),
    levels,
  );
}

/** Takes a voided level, which is none of the ledger's levels any more, out of what closed periods counted. */
export async function uncountStorage(sql: Sql, subscription: CurrentSubscription, event: StoredEvent): Promise<void> {
  const { occurredAt: since } = event;
  const levels = await storageLevels(sql, subscription.organizationId, since, subscription.currentPeriodStart);
  const level = { id: event.id, position: event.position, at: since, bytes: event.storageBytes ?? 0n };
  const before = [...levels, level].toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || Number(a.position - b.position),
  );
  await correctStorage(sql, subscription, since, before, levels);
}

/**
 * Keeps the byte-milliseconds of closed periods that are not kept yet, so that later levels do not
 * move a figure that was billed. They are rated at the prices that were in force when they closed.
 *
 * @param without events that came after the close and did not count in it
 */
export async function freezeStorage(
  sql: Sql,
  organizationId: string,
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
    const levels = (await storageLevels(sql, organizationId, period.start, period.end)).filter(
      ({ id }) => !without.has(id),
    );
    const units = byteMilliseconds(levels, period) + (await carriedUnits(sql, organizationId, row.id));
    const cards = await rateCardHistory(sql, organizationId, { id: row.id, planVersionId: row.plan_version_id });
    const { rated } = rateStorage(cards.at(lastOf(period)), units, period, row.trial);
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

/** Byte-milliseconds of earlier periods that a period counts. */
async function carriedUnits(sql: Sql, organizationId: string, periodId: string): Promise<bigint> {
  const [row] = await sql<{ units: string }>(
    `select coalesce(sum(units), 0)::text as units from usage_totals
     where organization_id = $1 and period_id = $2 and meter = 'storage' and starts_with(complexity, 'carried:')`,
    [organizationId, periodId],
  );
  return whole(row?.units ?? 0);
}
