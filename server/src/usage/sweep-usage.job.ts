import type { Pool } from "pg";
import { DAY_MS } from "../kernel/clock.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/job.ts";
import { lockSubscriptions } from "../subscriptions/lock-subscription.ts";
import { freezeStorage } from "./freeze-storage.ts";

/** How long refused attempts are kept. */
const KEEP_REJECTED_MS = 30 * DAY_MS;
/** Subscriptions that are brought up to date in one transaction. */
const BATCH = 500;

/**
 * Each minute: rolls over periods that have ended and fixes what their storage cost. Readers and
 * writers do the same when they come by, so a worker that was away for a month changes no figure.
 */
export const sweepUsage: Job = {
  name: "usage.sweep",
  cron: "* * * * *",
  run: async ({ pool, clock }) => {
    const now = clock();
    for (let due = await ended(pool, now); due.length > 0; due = await ended(pool, now)) {
      try {
        await closePeriods(pool, due, now);
      } catch {
        await closeOneByOne(pool, due, now);
      }
    }
    await inPlatformTransaction(pool, (sql) =>
      sql("delete from rejected_usage where at < $1", [new Date(now.getTime() - KEEP_REJECTED_MS)]),
    );
  },
};

/** Organizations whose period is over, those that wait longest first. */
const ended = async (pool: Pool, now: Date): Promise<string[]> => {
  const rows = await inPlatformTransaction(pool, (sql) =>
    sql<{ organization_id: string }>(
      "select organization_id from subscriptions where current_period_end <= $1 order by current_period_end limit $2",
      [now, BATCH],
    ),
  );
  return rows.map((row) => row.organization_id);
};

const closePeriods = (pool: Pool, organizationIds: readonly string[], now: Date): Promise<void> =>
  inPlatformTransaction(pool, async (sql) => {
    await lockSubscriptions(sql, organizationIds, now);
    await freezeStorage(sql, organizationIds);
  });

/**
 * So that one whose data is broken holds up nobody else.
 *
 * @throws AggregateError with what was wrong, once the others are done
 */
async function closeOneByOne(pool: Pool, organizationIds: readonly string[], now: Date): Promise<void> {
  const faults: unknown[] = [];
  for (const organizationId of organizationIds) {
    try {
      await closePeriods(pool, [organizationId], now);
    } catch (error) {
      faults.push(new Error(`the periods of organization ${organizationId} were not closed`, { cause: error }));
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, "some periods were not closed");
}
