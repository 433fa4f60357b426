import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { Platform } from "../../platform/scope.ts";
import { syncNow } from "../sync-now.ts";

/** Drafts that one run looks at. */
const MOST = 200;

/**
 * Each five minutes: looks again at held drafts that a meter bills. Stripe counts what a meter is
 * told some time after it has taken it, and says nothing when it has; until then the draft is short.
 */
export const recheckMeteredJob: Job = {
  name: "payments.recheck-metered",
  cron: "*/5 * * * *",
  run: async (platform) => {
    await platform.refreshClock?.();
    await recheckMetered(platform);
  },
};

/** @returns how many drafts were looked at */
export async function recheckMetered(platform: Platform): Promise<number> {
  const held = await inPlatformTransaction(platform.pool, (sql) =>
    sql<{ organization_id: string; stripe_id: string }>(
      `select i.organization_id, i.stripe_id from invoices i
       where i.status = 'DRAFT' and i.held_at is not null and exists (select from usage_charges c
         where c.organization_id = i.organization_id and c.invoice_id = i.id and c.route = 'stripe_meter')
       order by i.held_at desc limit $1`,
      [MOST],
    ),
  );
  const faults: unknown[] = [];
  for (const { organization_id, stripe_id } of held)
    await syncNow(platform, organization_id, [{ kind: "invoice", id: stripe_id }]).catch((error: unknown) =>
      faults.push(error),
    );
  // One customer's fault keeps nobody else waiting, and the job still fails for it.
  if (faults.length > 0) throw faults[0];
  return held.length;
}
