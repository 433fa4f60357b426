import { freezeCharges } from "../invoices/freeze-charges.ts";
import { whole } from "../platform/database/row.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { excludeClaimedUsage } from "./exclude-claimed-usage.ts";
import { outcomeOf } from "./make-calls.ts";
import { CURRENCY } from "./plan-prices.ts";
import { decideCall } from "./stripe-outbox.ts";
import { grantedSubscription } from "./stripe-subscription.ts";
import { syncInvoice } from "./sync-invoice.ts";

/**
 * Bills the usage that no renewal will take any more, since the paid subscription has ended, by an
 * invoice of its own. Usage that comes to nothing, or to a credit, waits for the next invoice.
 */
export async function billLeftoverUsage(platform: Platform, organizationId: string): Promise<void> {
  const key = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const now = platform.clock();
    if ((await lockSubscription(sql, organizationId, now)) === null) return null;
    if ((await grantedSubscription(sql, organizationId)) !== null) return null;
    await freezeCharges(sql, [organizationId], now);
    await excludeClaimedUsage(sql, organizationId);
    const [left] = await sql<{ first: string | null; sum: unknown }>(
      `select min(id::text) as first, coalesce(sum(amount_minor), 0)::text as sum from usage_charges
       where organization_id = $1 and state = 'PENDING' and invoice_id is null`,
      [organizationId],
    );
    if (!left?.first || whole(left.sum) <= 0n) return null;
    const intent = `leftover:${left.first}`;
    await decideCall(sql, organizationId, {
      kind: "invoice.create",
      key: intent,
      params: {
        auto_advance: false,
        collection_method: "charge_automatically",
        currency: CURRENCY,
        pending_invoice_items_behavior: "exclude",
        description: "Usage up to the end of the subscription",
        metadata: { organization_id: organizationId, qlp_kind: "usage" },
      },
    });
    return intent;
  });
  if (key === null) return;
  const outcome = await outcomeOf(platform, organizationId, key);
  if (outcome.state === "DONE" && outcome.resultId !== null)
    await syncInvoice(platform, organizationId, outcome.resultId);
}
