import type Stripe from "stripe";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { makeCalls } from "./make-calls.ts";
import { priceOfPlan } from "./plan-prices.ts";
import { idOf, instantOf, stripeOf } from "./stripe-client.ts";
import { decideCall } from "./stripe-outbox.ts";
import { liveSubscriptions } from "./stripe-subscription.ts";
import { syncCustomer } from "./sync-customer.ts";
import { syncSubscription } from "./sync-subscription.ts";

/**
 * What became of a visit to Checkout. Being back from it grants nothing: the subscription is read
 * again, and stands on its paid invoice.
 */
export async function syncCheckout(platform: Platform, organizationId: string, sessionId: string): Promise<void> {
  const session = await stripeOf(platform).checkout.sessions.retrieve(sessionId, { expand: ["setup_intent"] });
  if (session.status === "open") return;
  const state = session.status === "complete" ? "COMPLETED" : "EXPIRED";
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql(
      "update checkout_orders set state = $3, closed_at = coalesce(closed_at, $4) where organization_id = $1 and session_id = $2",
      [organizationId, sessionId, state, state === "EXPIRED" ? instantOf(session.expires_at) : platform.clock()],
    ),
  );
  if (session.status !== "complete") return;
  await chargeFromNowOn(platform, organizationId, session);
  const customerId = idOf(session.customer);
  if (customerId !== null) await syncCustomer(platform, organizationId, customerId);
  const subscriptionId = idOf(session.subscription) ?? (await changeTrial(platform, organizationId, session));
  if (subscriptionId !== null) await syncSubscription(platform, organizationId, subscriptionId);
}

/**
 * The plan that was chosen with the card follows the trial, also when another one was tried.
 *
 * @returns the trial's subscription when its plan changes; null otherwise
 */
async function changeTrial(
  platform: Platform,
  organizationId: string,
  session: Stripe.Checkout.Session,
): Promise<string | null> {
  const chosen = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const [order] = await sql<{ plan_version_id: string }>(
      "select plan_version_id from checkout_orders where organization_id = $1 and session_id = $2",
      [organizationId, session.id],
    );
    const trial = (await liveSubscriptions(sql, organizationId)).find(({ status }) => status === "trialing");
    return order && trial && order.plan_version_id !== trial.planVersionId
      ? { trial, planVersionId: order.plan_version_id }
      : null;
  });
  if (chosen === null) return null;
  const { trial, planVersionId } = chosen;
  const { priceId } = await priceOfPlan(platform, planVersionId);
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    decideCall(sql, organizationId, {
      kind: "subscription.update",
      key: `trial-plan:${session.id}`,
      params: {
        id: trial.stripeId,
        params: { items: [{ id: trial.itemId, price: priceId }], proration_behavior: "none" },
      },
    }),
  );
  await makeCalls(platform, organizationId);
  return trial.stripeId;
}

/** Makes the card that was entered the customer's default: for the end of a trial, and for what comes after. */
async function chargeFromNowOn(
  platform: Platform,
  organizationId: string,
  session: Stripe.Checkout.Session,
): Promise<void> {
  const method = await enteredMethod(platform, session);
  if (method === null) return;
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    decideCall(sql, organizationId, {
      kind: "customer.update",
      key: `default-method:${session.id}`,
      params: { invoice_settings: { default_payment_method: method } },
    }),
  );
  await makeCalls(platform, organizationId);
}

async function enteredMethod(platform: Platform, session: Stripe.Checkout.Session): Promise<string | null> {
  if (session.setup_intent !== null && typeof session.setup_intent !== "string")
    return idOf(session.setup_intent.payment_method);
  const subscriptionId = idOf(session.subscription);
  if (subscriptionId === null) return null;
  const subscription = await stripeOf(platform).subscriptions.retrieve(subscriptionId);
  return idOf(subscription.default_payment_method);
}
