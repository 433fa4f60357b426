import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { decideDrop } from "./drop-invoice.ts";
import { outcomeOf } from "./make-calls.ts";
import { mirrorOfSubscription } from "./stripe-subscription.ts";

/**
 * Drops the draft of a subscription that ended before it was ever sent, such as an agreement's that
 * another one replaced: nothing in the ledger stands behind its fee. One that has usage of ours on
 * it is left for staff.
 *
 * @returns false when the draft is not such a one
 */
export async function voidEnded(
  platform: Platform,
  organizationId: string,
  stripeInvoiceId: string,
  stripeSubscriptionId: string | null,
): Promise<boolean> {
  if (stripeSubscriptionId === null) return false;
  const keys = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const subscription = await mirrorOfSubscription(sql, organizationId, stripeSubscriptionId);
    if (subscription === null || subscription.endedAt === null) return [];
    const [used] = await sql(
      `select c.id from usage_charges c join invoices i on i.organization_id = c.organization_id and i.id = c.invoice_id
       where c.organization_id = $1 and i.stripe_id = $2 limit 1`,
      [organizationId, stripeInvoiceId],
    );
    if (used) return [];
    return decideDrop(sql, organizationId, { stripeId: stripeInvoiceId, draft: true }, "ended");
  });
  const last = keys.at(-1);
  if (last === undefined) return false;
  await outcomeOf(platform, organizationId, last);
  return true;
}

/** The drafts that a subscription has left behind, by their ids at Stripe. */
export async function draftsOf(
  platform: Platform,
  organizationId: string,
  stripeSubscriptionId: string,
): Promise<string[]> {
  const rows = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql<{ stripe_id: string }>(
      "select stripe_id from invoices where organization_id = $1 and stripe_subscription_id = $2 and status = 'DRAFT'",
      [organizationId, stripeSubscriptionId],
    ),
  );
  return rows.map(({ stripe_id }) => stripe_id);
}
