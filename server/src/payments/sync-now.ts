import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import type { Platform } from "../platform/scope.ts";
import { handleObject } from "./handle-object.ts";
import { withLease } from "./leases.ts";
import { customerOf } from "./stripe-customer.ts";

/** Somebody who works on the customer is waited for this long. */
const PATIENCE_MS = 25_000;

/**
 * Reads objects of the organization's customer again at once, as their webhooks would, so that a
 * person who acted sees what came of it.
 *
 * @throws EdgeFault UPSTREAM_UNAVAILABLE when others kept the customer busy; the webhooks do it then
 */
export async function syncNow(
  platform: Platform,
  organizationId: string,
  objects: readonly { readonly kind: string; readonly id: string }[],
): Promise<void> {
  const customer = await inTenantTransaction(platform.pool, organizationId, (sql) => customerOf(sql, organizationId));
  if (!customer) return;
  const done = await withLease(platform, `lane:${customer.stripeId}`, PATIENCE_MS, async () => {
    for (const { kind, id } of objects) await handleObject(platform, organizationId, { kind, id, types: [] });
  });
  if (done === null)
    throw new EdgeFault("UPSTREAM_UNAVAILABLE", "Stripe's news are still being worked. Look again in a moment.");
}
