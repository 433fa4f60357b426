import { type AuditScope, recordAudit } from "../audit/record-audit.ts";
import { planById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { isUuid } from "../platform/id.ts";
import { type Platform, platformScope } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { type Adopted, adoptSubscription } from "./adopt-subscription.ts";
import { noteOwner } from "./owners.ts";
import { planOfPrice } from "./plan-prices.ts";
import { stripeOf } from "./stripe-client.ts";
import {
  mirrorOfSubscription,
  type ReadSubscription,
  readSubscription,
  saveSubscriptionMirror,
} from "./stripe-subscription.ts";

export type Synced = Adopted & { readonly ended: boolean };

/**
 * Reads a subscription at Stripe again and takes over what it says. Doing it twice changes nothing.
 *
 * The caller holds the customer's lane, so that no older reading comes after a newer one.
 */
export async function syncSubscription(
  platform: Platform,
  organizationId: string,
  stripeId: string,
): Promise<Synced | null> {
  const read = readSubscription(
    await stripeOf(platform).subscriptions.retrieve(stripeId, { expand: ["latest_invoice"] }),
  );
  const plan = await planOf(platform, read);
  await inPlatformTransaction(platform.pool, (sql) => noteOwner(sql, "subscription", stripeId, organizationId));
  return inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const now = platform.clock();
    const current = await lockSubscription(sql, organizationId, now);
    if (!current) return null;
    const before = await mirrorOfSubscription(sql, organizationId, stripeId);
    const adopted = await adoptSubscription(sql, current, read, plan, before, now);
    await saveSubscriptionMirror(sql, organizationId, read, plan.id, adopted.granted, now);
    if (adopted.news !== null) {
      const scope: AuditScope = { ...platformScope(platform, stripeId), organizationId };
      const detail = { stripeSubscription: stripeId, status: read.status };
      await recordAudit(sql, scope, { action: `subscription.${adopted.news}`, target: plan.terms.name, detail });
    }
    return { ...adopted, ended: read.endedAt !== null };
  });
}

/** The plan version whose price it has; one with an agreed price names it in our metadata. */
async function planOf(platform: Platform, read: ReadSubscription): Promise<PublishedPlan> {
  return inPlatformTransaction(platform.pool, async (sql) => {
    const price = await planOfPrice(sql, read.priceId);
    const id = price?.planVersionId ?? read.namedPlanVersionId;
    if (id === null || !isUuid(id))
      throw new Error(`the price ${read.priceId} of ${read.stripeId} is none of the catalog's`);
    return planById(sql, id);
  });
}
