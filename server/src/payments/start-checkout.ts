import { recordAudit } from "../audit/record-audit.ts";
import { currentPlan } from "../catalog/read-catalog.ts";
import type { PlanCode } from "../catalog/plan-terms.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput, EdgeFault, notFound } from "../platform/graphql/errors.ts";
import { newId } from "../platform/id.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { AlreadyOnPlan } from "../subscriptions/subscription.refusals.ts";
import { outcomeOf } from "./make-calls.ts";
import { requireOwnUrl } from "./return-url.ts";
import { unixOf } from "./stripe-client.ts";
import { decideCall } from "./stripe-outbox.ts";
import { grantedSubscription } from "./stripe-subscription.ts";

export type StartCheckout = { readonly plan: PlanCode; readonly successUrl: string; readonly cancelUrl: string };

/**
 * Opens a hosted page for the first payment of a plan; during a trial, for the card that its end
 * will charge. Nothing is granted by opening it or coming back from it.
 *
 * @returns the page's address
 * @throws AlreadyOnPlan; EdgeFault BAD_USER_INPUT for a plan that is not sold there or a foreign
 *   address, CONFLICT for who pays already and changes plans instead, UPSTREAM_UNAVAILABLE
 */
export async function startCheckout(scope: Scope, input: StartCheckout): Promise<string> {
  requireSold(input.plan);
  const { publicUrl } = scope.platform.config;
  const successUrl = requireOwnUrl("successUrl", input.successUrl, publicUrl);
  const cancelUrl = requireOwnUrl("cancelUrl", input.cancelUrl, publicUrl);
  return openCheckout(scope, input.plan, successUrl, cancelUrl);
}

/** Like `startCheckout`, for addresses of our own. */
export async function openCheckout(
  scope: Scope,
  code: PlanCode,
  successUrl: string,
  cancelUrl: string,
): Promise<string> {
  const organizationId = tenantOf(scope);
  const orderId = newId();
  const key = `checkout:${orderId}`;
  await inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const now = scope.clock();
    const current = await lockSubscription(sql, organizationId, now);
    if (!current) throw notFound("The organization");
    const trialing = current.status === "TRIALING";
    if (!trialing && current.planCode === code) throw new AlreadyOnPlan(current.plan.terms.name);
    if ((await grantedSubscription(sql, organizationId)) !== null)
      throw new EdgeFault("CONFLICT", "The organization pays for a plan already. Change it with changePlan.");
    const plan = trialing && current.planCode === code ? current.plan : await currentPlan(sql, code);
    await closeOpenPages(sql, organizationId);
    await sql(
      "insert into checkout_orders (organization_id, id, plan_version_id, state, created_at) values ($1, $2, $3, 'OPEN', $4)",
      [organizationId, orderId, plan.id, now],
    );
    await decideCall(sql, organizationId, {
      kind: "checkout.create",
      key,
      params: {
        orderId,
        planVersionId: plan.id,
        successUrl,
        cancelUrl,
        trialEnd: trialing && current.trialEndsAt ? unixOf(current.trialEndsAt) : null,
      },
    });
    await recordAudit(sql, scope, { organizationId, action: "checkout.started", target: plan.terms.name });
  });
  return pageOf(scope, organizationId, orderId, key);
}

/** A page that was opened before must not be paid as well. */
async function closeOpenPages(sql: Sql, organizationId: string): Promise<void> {
  const open = await sql<{ session_id: string }>(
    "select session_id from checkout_orders where organization_id = $1 and state = 'OPEN' and session_id is not null",
    [organizationId],
  );
  for (const { session_id: id } of open)
    await decideCall(sql, organizationId, { kind: "checkout.expire", key: `expire:${id}`, params: { id, params: {} } });
}

async function pageOf(scope: Scope, organizationId: string, orderId: string, key: string): Promise<string> {
  const outcome = await outcomeOf(scope.platform, organizationId, key);
  if (outcome.state === "REFUSED") throw new Error(`Stripe refused a Checkout page: ${outcome.message}`);
  const [order] = await inTenantTransaction(scope.platform.pool, organizationId, (sql) =>
    sql<{ url: string | null }>("select url from checkout_orders where organization_id = $1 and id = $2", [
      organizationId,
      orderId,
    ]),
  );
  if (order?.url) return order.url;
  throw new EdgeFault("UPSTREAM_UNAVAILABLE", "Stripe does not answer. Nothing was charged; try again in a moment.");
}

function requireSold(code: PlanCode): void {
  if (code === "free") throw badInput("Free costs nothing. Choose STARTER or PROFESSIONAL.");
  if (code === "enterprise") throw badInput("ENTERPRISE is by agreement. Open a ticket, and we will make an offer.");
}
