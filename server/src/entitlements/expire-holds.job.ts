import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/worker.ts";
import { lockSubscriptions } from "../subscriptions/lock-subscription.ts";
import { expireHolds } from "./end-holds.ts";

/** Organizations whose holds are given back in one transaction. */
const BATCH = 200;

/**
 * Each minute: writes down which holds have given themselves back. Decisions count them as given
 * back from the instant they expire, so a worker that was away changes no answer.
 */
export const expireHoldsJob: Job = {
  name: "holds.expire",
  cron: "* * * * *",
  run: async ({ pool, clock }) => {
    for (;;) {
      const now = clock();
      const ended = await inPlatformTransaction(pool, async (sql) => {
        const due = await sql<{ organization_id: string }>(
          "select distinct organization_id from (select organization_id from holds where state = 'PLACED' and expires_at <= $1 limit $2) d",
          [now, BATCH],
        );
        const ids = due.map((row) => row.organization_id);
        await lockSubscriptions(sql, ids, now);
        return ids.length === 0 ? [] : expireHolds(sql, ids, now);
      });
      if (ended.length === 0) return;
    }
  },
};
