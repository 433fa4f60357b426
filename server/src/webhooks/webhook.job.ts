import { z } from "zod";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/job.ts";
import { deliverWebhook } from "./deliver-webhook.ts";
import { DELIVER, DELIVER_SLOWLY } from "./enqueue-deliveries.ts";

const payload = z.object({ organizationId: z.uuid(), deliveryId: z.uuid(), attempt: z.int() });

/**
 * Receivers that answer soon. One that hangs holds three of the slots for one time-out at most: then
 * it is known to be slow, and its messages leave this lane.
 */
export const deliverJob: Job = {
  name: DELIVER,
  slots: 16,
  run: (platform, given, stopping) => deliverWebhook(platform, { ...payload.parse(given), slow: false }, stopping),
};

/** Receivers that let us wait, one message at a time for each. */
export const deliverSlowlyJob: Job = {
  name: DELIVER_SLOWLY,
  slots: 8,
  run: (platform, given, stopping) => deliverWebhook(platform, { ...payload.parse(given), slow: true }, stopping),
};

/**
 * The log reaches sixty days back. The messages stay: their keys are why each goes out once.
 */
export const forgetDeliveriesJob: Job = {
  name: "webhook.forget",
  cron: "41 3 * * *",
  run: async ({ pool }) => {
    await inPlatformTransaction(pool, async (sql) => {
      await sql(
        `with gone as (
           delete from webhook_deliveries where state <> 'PENDING' and ended_at < now() - interval '60 days' returning organization_id, id)
         delete from webhook_attempts a using gone where a.organization_id = gone.organization_id and a.delivery_id = gone.id`,
      );
    });
  },
};
