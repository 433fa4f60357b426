import { enqueue } from "../platform/jobs/enqueue.ts";
import type { Sql } from "../platform/database/sql.ts";

/** The job that looks which parts of allowances an organization has reached. */
export const CHECK_ALERTS = "usage.alerts";

/** Asks for that look, in the transaction that made it necessary; one that waits already serves as well. */
export const askForAlerts = (sql: Sql, organizationId: string): Promise<void> =>
  enqueue(sql, CHECK_ALERTS, { organizationId }, { jobKey: `${CHECK_ALERTS}:${organizationId}` });
