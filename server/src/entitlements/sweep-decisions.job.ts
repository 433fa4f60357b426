import { DAY_MS } from "../kernel/clock.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/job.ts";

/** How long counts of decisions are kept. */
const KEEP_MS = 90 * DAY_MS;

/** Each night: forgets counts of decisions that are older than 90 days. */
export const sweepDecisionsJob: Job = {
  name: "decisions.sweep",
  cron: "17 3 * * *",
  run: async ({ pool, clock }) => {
    const before = new Date(clock().getTime() - KEEP_MS);
    await inPlatformTransaction(pool, (sql) => sql("delete from decision_counts where hour < $1", [before]));
  },
};
