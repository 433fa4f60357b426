import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { creditUnusedTime } from "./credit-unused-time.ts";
import { outcomeOf } from "./make-calls.ts";
import { unixOf } from "./stripe-client.ts";
import { decideCall } from "./stripe-outbox.ts";
import { liveSubscriptions, type SubscriptionMirror } from "./stripe-subscription.ts";
import { syncNow } from "./sync-now.ts";

/** A period that began longer ago than this began before Stripe heard of it. */
const FRESH_MS = 3_600_000;

/**
 * Makes Stripe have what began on our side: the subscription of a trial, so that its end charges the
 * card or ends it, or of an agreement, so that it is invoiced. What it replaces is canceled, with a
 * credit for the unused time.
 *
 * Decided from how things stand, so doing it again changes nothing.
 */
export async function followSubscription(platform: Platform, organizationId: string): Promise<void> {
  const keys = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const now = platform.clock();
    const current = await lockSubscription(sql, organizationId, now);
    if (!current) return [];
    const live = await liveSubscriptions(sql, organizationId);
    if (current.status === "TRIALING") return followTrial(sql, current, live, now);
    if (current.collection === "INVOICE") return followAgreement(sql, current, live, now);
    // A plan on a card that Stripe never heard of was given before Stripe was connected.
    if (current.planCode !== "free" && live.length === 0) return followAgreement(sql, current, live, now);
    return current.planCode === "free"
      ? cancelAll(
          sql,
          current,
          live.filter(({ granted }) => granted),
          now,
        )
      : [];
  });
  for (const key of keys) {
    const outcome = await outcomeOf(platform, organizationId, key);
    if (outcome.state === "DONE" && outcome.resultId !== null)
      await syncNow(platform, organizationId, [{ kind: "subscription", id: outcome.resultId }]);
  }
}

async function followTrial(
  sql: Sql,
  current: CurrentSubscription,
  live: readonly SubscriptionMirror[],
  now: Date,
): Promise<string[]> {
  const { organizationId, trialEndsAt, planVersionId } = current;
  if (live.length > 0 || trialEndsAt === null || trialEndsAt.getTime() <= now.getTime()) return [];
  const key = `trial:${current.id}`;
  await decideCall(sql, organizationId, {
    kind: "subscription.create",
    key,
    params: {
      planVersionId,
      collection: "CARD",
      agreedMinor: null,
      trialEnd: unixOf(trialEndsAt),
      since: null,
      mustPay: false,
    },
  });
  return [key];
}

async function followAgreement(
  sql: Sql,
  current: CurrentSubscription,
  live: readonly SubscriptionMirror[],
  now: Date,
): Promise<string[]> {
  const { organizationId, planVersionId, agreedMinor, currentPeriodId, currentPeriodStart } = current;
  const standing = live.some(
    (one) =>
      one.granted &&
      one.collection === current.collection &&
      one.planVersionId === planVersionId &&
      one.agreedMinor === agreedMinor,
  );
  if (standing || (await isBeingMade(sql, organizationId))) return [];
  const canceled = await cancelAll(sql, current, live, now);
  const fresh = now.getTime() - currentPeriodStart.getTime() < FRESH_MS;
  const key = `agreed:${currentPeriodId}`;
  await decideCall(sql, organizationId, {
    kind: "subscription.create",
    key,
    params: {
      planVersionId,
      collection: current.collection,
      agreedMinor: agreedMinor?.toString() ?? null,
      trialEnd: null,
      since: fresh ? null : unixOf(currentPeriodStart),
      mustPay: false,
    },
  });
  return [...canceled, key];
}

/** True while an earlier decision to make a subscription is still to be carried out. */
async function isBeingMade(sql: Sql, organizationId: string): Promise<boolean> {
  const rows = await sql(
    "select id from stripe_outbox where organization_id = $1 and kind = 'subscription.create' and state = 'PENDING' limit 1",
    [organizationId],
  );
  return rows.length > 0;
}

async function cancelAll(
  sql: Sql,
  current: CurrentSubscription,
  live: readonly SubscriptionMirror[],
  now: Date,
): Promise<string[]> {
  const keys: string[] = [];
  for (const one of live) {
    const key = `replace:${one.stripeId}`;
    const isNew = await decideCall(sql, current.organizationId, {
      kind: "subscription.cancel",
      key,
      params: { id: one.stripeId, params: { prorate: false, invoice_now: false } },
    });
    if (isNew && one.granted) await creditUnusedTime(sql, current.organizationId, one, now);
    keys.push(key);
  }
  return keys;
}
