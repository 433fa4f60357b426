import type { Sql } from "../platform/database/sql.ts";
import { enqueue } from "../platform/jobs/enqueue.ts";

/** The job, worked by payments, that brings Stripe after a change that began on our side. */
export const FOLLOW_SUBSCRIPTION_JOB = "payments.follow-subscription";

/** Asks for it, in the transaction of the change. */
export const followAtStripe = (sql: Sql, organizationId: string): Promise<void> =>
  enqueue(sql, FOLLOW_SUBSCRIPTION_JOB, { organizationId }, { jobKey: `${FOLLOW_SUBSCRIPTION_JOB}:${organizationId}` });
