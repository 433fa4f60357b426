import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { followSubscription } from "./follow-subscription.ts";

/** How many organizations one sweep takes. */
const MOST = 200;

/**
 * Brings Stripe after every trial and paid plan that it has never heard of: those from before it was
 * connected, and those whose job was lost. Without a card on file, such a plan is paid by invoice.
 */
export async function followUnknown(platform: Platform): Promise<void> {
  const organizations = await inPlatformTransaction(platform.pool, async (sql) => {
    const rows = await sql<{ organization_id: string }>(
      `select s.organization_id from subscriptions s
       where s.plan_code <> 'free' and (s.trial_ends_at is null or s.trial_ends_at > $1)
         and not exists (select from stripe_subscriptions r where r.organization_id = s.organization_id and r.ended_at is null)
         and not exists (select from stripe_outbox o where o.organization_id = s.organization_id and o.state = 'PENDING')
       order by s.organization_id limit $2`,
      [platform.clock(), MOST],
    );
    const ids = rows.map(({ organization_id }) => organization_id);
    await sql(
      `update subscriptions s set collection = 'INVOICE'
       where s.organization_id = any($1::uuid[]) and s.trial_ends_at is null and not exists (
         select from stripe_customers c where c.organization_id = s.organization_id and c.payment_method is not null)`,
      [`{${ids.join(",")}}`],
    );
    return ids;
  });
  for (const organizationId of organizations) await followSubscription(platform, organizationId);
}
