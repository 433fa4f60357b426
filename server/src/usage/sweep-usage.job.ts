import { DAY_MS } from "../kernel/clock.ts";
import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/worker.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { freezeStorage } from "./freeze-storage.ts";

/** How long refused attempts are kept. */
const KEEP_REJECTED_MS = 30 * DAY_MS;
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
    const due = await inPlatformTransaction(pool, (sql) =>
      sql<{ organization_id: string }>(
        "select organization_id from subscriptions where current_period_end <= $1 order by current_period_end limit $2",
        [now, BATCH],
      ),
    );
    for (const { organization_id: organizationId } of due) {
      await inTenantTransaction(pool, organizationId, async (sql) => {
        const subscription = await lockSubscription(sql, organizationId, now);
        if (subscription) await freezeStorage(sql, [organizationId]);
      });
    }
    await inPlatformTransaction(pool, (sql) =>
      sql("delete from rejected_usage where at < $1", [new Date(now.getTime() - KEEP_REJECTED_MS)]),
    );
  },
};
