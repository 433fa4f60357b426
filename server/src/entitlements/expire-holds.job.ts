import { instant } from "../platform/database/row.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/job.ts";
import { publishWebhooks } from "../webhooks/publish-webhook.ts";
import type { WebhookEvent } from "../webhooks/webhook-event.ts";
import { lockSubscriptions } from "../subscriptions/lock-subscription.ts";
import { type ExpiredHold, expireHolds } from "./end-holds.ts";

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
        const expired = ids.length === 0 ? [] : await expireHolds(sql, ids, now);
        await publishWebhooks(sql, expired.map(newsOf));
        return expired;
      });
      if (ended.length === 0) return;
    }
  },
};

const newsOf = ({ organization_id: organizationId, id, action, placed_at, expires_at }: ExpiredHold): WebhookEvent => ({
  organizationId,
  type: "hold.expired",
  key: `hold.expired:${id}`,
  at: instant(expires_at),
  data: { holdId: id, action, placedAt: instant(placed_at), expiredAt: instant(expires_at) },
});
