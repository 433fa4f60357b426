import { instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { Level } from "../rating/storage.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { correctStorage } from "./correct-storage.ts";
import { freezeStorage } from "./freeze-storage.ts";
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

export const isLateStorage = ({ action, late }: StoredEvent): boolean => action === "STORAGE" && late;

/**
 * Counts what late storage levels change in closed periods, after the closed periods' own figures
 * are frozen.
 */
export async function countLateStorage(
  sql: Sql,
  subscription: CurrentSubscription,
  accepted: readonly StoredEvent[],
): Promise<void> {
  const late = accepted.filter(isLateStorage);
  if (late.length === 0) return;
  const ids = new Set(late.map(({ id }) => id));
  await freezeStorage(sql, [subscription.organizationId], ids);
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
