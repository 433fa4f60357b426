import { z } from "zod";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/job.ts";
import { CHECK_ALERTS } from "../usage/usage-alerts.task.ts";
import { raiseAlerts } from "./raise-alerts.ts";

const payload = z.object({ organizationId: z.uuid() });

/** Looks which parts of its limits an organization has reached, when something was recorded that may have reached one. */
export const checkAlertsJob: Job = {
  name: CHECK_ALERTS,
  run: (platform, given) => raiseAlerts(platform, payload.parse(given).organizationId),
};

/** Each minute: the same for those with a cap on spending, which those who record know nothing of. */
export const checkCapsJob: Job = {
  name: "usage.caps",
  cron: "* * * * *",
  run: async (platform) => {
    const capped = await inPlatformTransaction(platform.pool, (sql) =>
      sql<{ organization_id: string }>(
        `select c.organization_id from spending_caps c join subscriptions s on s.organization_id = c.organization_id
         where not exists (select from usage_alerts a where a.organization_id = c.organization_id
           and a.period_id = s.current_period_id and a.subject = 'spending_cap' and a.percent = 100)`,
      ),
    );
    for (const { organization_id } of capped) await raiseAlerts(platform, organization_id);
  },
};
