import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { tellOnce } from "./tell-once.ts";

/** Sends who pays to the page where the bank asks for a confirmation, once for each invoice that waits for one. */
export async function askForConfirmation(platform: Platform, organizationId: string, stripeId: string): Promise<void> {
  await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    await lockSubscription(sql, organizationId, platform.clock());
    const [invoice] = await sql<{ hosted_url: string | null }>(
      "select hosted_url from invoices where organization_id = $1 and stripe_id = $2 and status = 'OPEN'",
      [organizationId, stripeId],
    );
    if (!invoice) return;
    const news = { kind: "action-required", payUrl: invoice.hosted_url } as const;
    await tellOnce(sql, platform, organizationId, "payment.confirmation-asked", stripeId, news);
  });
}
