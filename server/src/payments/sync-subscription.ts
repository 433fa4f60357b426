import { type AuditScope, recordAudit } from "../audit/record-audit.ts";
import { planById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { isUuid } from "../platform/id.ts";
import { type Platform, platformScope } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { accessUntil } from "../subscriptions/subscription.ts";
import { type Adopted, adoptSubscription } from "./adopt-subscription.ts";
import { clearAlarm, raiseAlarm } from "./alarms.ts";
import { type BillingNews, postBillingMail } from "./billing-mails.ts";
import { followRoutes } from "./metered/follow-routes.ts";
import { metersAtStripe } from "./metered/stripe-meters.ts";
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
  const plan = await planOf(platform, organizationId, read);
  await inPlatformTransaction(platform.pool, (sql) => noteOwner(sql, "subscription", stripeId, organizationId));
  const meters = await metersAtStripe(platform);
  return inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const now = platform.clock();
    const current = await lockSubscription(sql, organizationId, now);
    if (!current) return null;
    const before = await mirrorOfSubscription(sql, organizationId, stripeId);
    const adopted = await adoptSubscription(sql, current, read, plan, before, now);
    await saveSubscriptionMirror(sql, organizationId, read, plan.id, adopted.granted, now);
    if (adopted.granted) await followRoutes(sql, adopted.subscription, read, meters);
    if (adopted.news !== null) {
      const scope: AuditScope = { ...platformScope(platform, stripeId), organizationId };
      const detail = { stripeSubscription: stripeId, status: read.status };
      await recordAudit(sql, scope, { action: `subscription.${adopted.news}`, target: plan.terms.name, detail });
      const news = newsFor(adopted, read, plan);
      if (news !== null) await postBillingMail(sql, organizationId, news, platform.config.publicUrl, now);
    }
    return { ...adopted, ended: read.endedAt !== null };
  });
}

/** What the people who pay are told about a change. */
function newsFor(
  { news, subscription }: Adopted,
  read: ReadSubscription,
  { terms: { name: plan } }: PublishedPlan,
): BillingNews | null {
  switch (news) {
    case "past-due": {
      const until = accessUntil(subscription.pastDueSince);
      return until === null ? null : { kind: "past-due", plan, accessUntil: until, payUrl: read.payUrl };
    }
    case "restored":
      return { kind: "restored", plan };
    case "ended":
      return { kind: "ended", plan };
    default:
      return null;
  }
}

/**
 * The plan version whose price it has; one with an agreed price names it in our metadata. A price
 * that somebody made by hand raises an alarm, and the plan stays what it was.
 */
async function planOf(platform: Platform, organizationId: string, read: ReadSubscription): Promise<PublishedPlan> {
  return inPlatformTransaction(platform.pool, async (sql) => {
    const price = await planOfPrice(sql, read.priceId);
    const id = price?.planVersionId ?? read.namedPlanVersionId;
    if (id === null || !isUuid(id))
      throw new Error(`the price ${read.priceId} of ${read.stripeId} is none of the catalog's`);
    const key = `drift:${read.stripeId}`;
    const isKnown = price !== null || (read.agreedMinor !== null && read.unitAmountMinor === read.agreedMinor);
    if (isKnown) await clearAlarm(sql, platform.clock(), key);
    else
      await raiseAlarm(sql, platform.clock(), {
        key,
        kind: "drift",
        organizationId,
        message: `The subscription ${read.stripeId} has the price ${read.priceId}, which is none of the catalog's.`,
        detail: { subscription: read.stripeId, price: read.priceId },
      });
    return planById(sql, id);
  });
}
