import { HOUR_MS } from "../../kernel/clock.ts";
import { instantOrNull } from "../../platform/database/row.ts";
import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Platform } from "../../platform/scope.ts";
import { insertEvents } from "../receive-events.ts";
import { instantOf, stripeOf, unixOf } from "../stripe-client.ts";
import { type InboxEvent, listedEventOf } from "../stripe-event.ts";

/** Events appear in Stripe's list in the order of their creation, but not always at once. */
const OVERLAP_MS = HOUR_MS;

/** Stripe keeps events for 30 days. */
const KEPT_MS = 30 * 24 * HOUR_MS;

const BATCH = 100;

/**
 * Looks through the events that Stripe has had since the last time, and puts those into the inbox
 * whose webhooks never came. Started anew after a crash, it looks through the same ones again.
 *
 * @returns how many were missing
 */
export async function repairEvents(platform: Platform): Promise<number> {
  const startedAt = platform.clock();
  const since = await seenUntil(platform, startedAt);
  let seen = since;
  let found = 0;
  let batch: InboxEvent[] = [];
  const insert = async (): Promise<void> => {
    found += (await insertEvents(platform.pool, batch)).size;
    batch = [];
  };
  const created = { gte: unixOf(new Date(since.getTime() - OVERLAP_MS)) };
  for await (const event of stripeOf(platform).events.list({ created, limit: BATCH })) {
    const read = listedEventOf(event);
    if (read === null) continue;
    if (event.created > unixOf(seen)) seen = instantOf(event.created);
    if (batch.push(read) === BATCH) await insert();
  }
  if (batch.length > 0) await insert();
  await inPlatformTransaction(platform.pool, (sql) =>
    sql(
      `insert into stripe_repair (id, seen_until, ran_at, found) values (1, $1, $2, $3)
       on conflict (id) do update set seen_until = excluded.seen_until, ran_at = excluded.ran_at, found = excluded.found`,
      [seen, startedAt, found],
    ),
  );
  return found;
}

async function seenUntil(platform: Platform, now: Date): Promise<Date> {
  const [row] = await inPlatformTransaction(platform.pool, (sql) =>
    sql("select seen_until from stripe_repair where id = 1"),
  );
  return instantOrNull(row?.["seen_until"]) ?? new Date(now.getTime() - KEPT_MS);
}
