import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { outcomeOf } from "./make-calls.ts";
import { decideCall } from "./stripe-outbox.ts";

/**
 * Sees to it that the fee of a paused period is never collected: a draft that the pause left behind
 * would be charged when the subscription goes on. Finalizing it, uncollected, voids it.
 */
export async function voidPaused(platform: Platform, organizationId: string, stripeInvoiceId: string): Promise<void> {
  const key = `paused:${stripeInvoiceId}`;
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    decideCall(sql, organizationId, {
      kind: "invoice.finalize",
      key,
      params: { id: stripeInvoiceId, params: { auto_advance: false } },
    }),
  );
  await outcomeOf(platform, organizationId, key);
}
