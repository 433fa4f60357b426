import { recordAudit } from "../audit/record-audit.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import { newId } from "../platform/id.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { requireOwnUrl } from "./return-url.ts";
import { callFault, stripeOf } from "./stripe-client.ts";
import { ensureCustomer } from "./stripe-customer.ts";

/**
 * Opens Stripe's own pages for payment methods and invoices. They leave no trace with us: what is
 * changed there comes back by webhook.
 *
 * @returns the page's address, good for a short time
 * @throws EdgeFault BAD_USER_INPUT for a foreign address, UPSTREAM_UNAVAILABLE
 */
export async function openBillingPortal(scope: Scope, returnUrl: string): Promise<string> {
  const organizationId = tenantOf(scope);
  const { platform } = scope;
  const back = requireOwnUrl("returnUrl", returnUrl, platform.config.publicUrl);
  try {
    const customer = await ensureCustomer(platform, organizationId);
    const session = await stripeOf(platform).billingPortal.sessions.create(
      { customer, return_url: back },
      { idempotencyKey: `portal:${organizationId}:${newId()}` },
    );
    await inTenantTransaction(platform.pool, organizationId, (sql) =>
      recordAudit(sql, scope, { organizationId, action: "portal.opened" }),
    );
    return session.url;
  } catch (error) {
    if (callFault(error)?.kind !== "later") throw error;
    throw new EdgeFault("UPSTREAM_UNAVAILABLE", "Stripe does not answer. Nothing was changed; try again in a moment.");
  }
}
