import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { outcomeOf } from "./make-calls.ts";
import { decideCall } from "./stripe-outbox.ts";
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
  const keys = [`ended:${stripeInvoiceId}`, `void-ended:${stripeInvoiceId}`] as const;
  const dropped = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const subscription = await mirrorOfSubscription(sql, organizationId, stripeSubscriptionId);
    if (subscription === null || subscription.endedAt === null) return false;
    const [used] = await sql(
      `select c.id from usage_charges c join invoices i on i.organization_id = c.organization_id and i.id = c.invoice_id
       where c.organization_id = $1 and i.stripe_id = $2 limit 1`,
      [organizationId, stripeInvoiceId],
    );
    if (used) return false;
    // A draft of a subscription cannot be deleted; finalized without being collected it can be voided.
    await decideCall(sql, organizationId, {
      kind: "invoice.finalize",
      key: keys[0],
      params: { id: stripeInvoiceId, params: { auto_advance: false } },
    });
    await decideCall(sql, organizationId, {
      kind: "invoice.void",
      key: keys[1],
      params: { id: stripeInvoiceId, params: {} },
    });
    return true;
  });
  if (dropped) await outcomeOf(platform, organizationId, keys[1]);
  return dropped;
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
