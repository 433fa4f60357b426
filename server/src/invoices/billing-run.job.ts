import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/job.ts";
import { carryOnBillingRun, runningBillingRuns } from "./billing-run.ts";
import { BILLING_RUN_JOB } from "./start-billing-run.ts";

/** Carries on the runs that are not over: asked for when one starts, and each minute for what a crash left. */
export const billingRunJob: Job = {
  name: BILLING_RUN_JOB,
  cron: "* * * * *",
  run: async (platform) => {
    await platform.refreshClock?.();
    for (const id of await inPlatformTransaction(platform.pool, runningBillingRuns))
      await carryOnBillingRun(platform, id);
  },
};
