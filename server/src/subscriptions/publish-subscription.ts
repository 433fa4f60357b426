import { planById } from "../catalog/read-catalog.ts";
import { instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { newId } from "../platform/id.ts";
import { publishWebhooks } from "../webhooks/publish-webhook.ts";
import type { CurrentSubscription } from "./current-subscription.ts";

/** What customers are told of; the turn of a period alone is no news. */
const watched = {
  plan: "plan_version_id",
  status: "status",
  trialEndsAt: "trial_ends_at",
  cancelAt: "cancel_at",
  nextPlan: "next_plan_version_id",
  pastDueSince: "past_due_since",
  restrictedAt: "restricted_at",
  pausedAt: "paused_at",
} as const;

type Watched = keyof typeof watched;

/** The columns of `subscriptions s` that tell what a change has changed. */
export const BEFORE = ["organization_id", ...Object.values(watched)].map((column) => `s.${column}`).join(", ");

export type SubscriptionBefore = Readonly<Record<(typeof watched)[Watched], unknown>> & {
  readonly organization_id: string;
};

/** Tells the endpoints of those whose plan or standing has changed, in the transaction of the change. */
export async function publishSubscriptions(
  sql: Sql,
  before: readonly SubscriptionBefore[],
  subscriptions: readonly CurrentSubscription[],
  at: Date,
): Promise<void> {
  const rows = new Map(before.map((row) => [row.organization_id, row]));
  const changes = subscriptions.flatMap((subscription) => {
    const row = rows.get(subscription.organizationId);
    const changed = row ? changedOf(row, subscription) : [];
    return changed.length === 0 ? [] : [{ subscription, changed }];
  });
  const events = await Promise.all(
    changes.map(async ({ subscription, changed }) => ({
      organizationId: subscription.organizationId,
      type: "subscription.updated" as const,
      // Whoever changes it holds its lock, so each change comes here once.
      key: `subscription.updated:${newId()}`,
      at,
      data: { changed, ...(await dataOf(sql, subscription)) },
    })),
  );
  await publishWebhooks(sql, events);
}

function changedOf(before: SubscriptionBefore, now: CurrentSubscription): Watched[] {
  const same = (name: Watched, value: string | Date | null): boolean => {
    const old = before[watched[name]];
    if (name === "plan" || name === "status" || name === "nextPlan") return old === value;
    return instantOrNull(old)?.getTime() === (value as Date | null)?.getTime();
  };
  const values: Readonly<Record<Watched, string | Date | null>> = {
    plan: now.planVersionId,
    status: now.status,
    trialEndsAt: now.trialEndsAt,
    cancelAt: now.cancelAt,
    nextPlan: now.nextPlanVersionId,
    pastDueSince: now.pastDueSince,
    restrictedAt: now.restrictedAt,
    pausedAt: now.pausedAt,
  };
  return (Object.keys(watched) as Watched[]).filter((name) => !same(name, values[name]));
}

const dataOf = async (sql: Sql, subscription: CurrentSubscription) => ({
  subscriptionId: subscription.id,
  plan: subscription.planCode,
  status: subscription.status,
  currentPeriodStart: subscription.currentPeriodStart,
  currentPeriodEnd: subscription.currentPeriodEnd,
  trialEndsAt: subscription.trialEndsAt,
  cancelAt: subscription.cancelAt,
  nextPlan: subscription.nextPlanVersionId === null ? null : (await planById(sql, subscription.nextPlanVersionId)).code,
  pastDueSince: subscription.pastDueSince,
  restrictedAt: subscription.restrictedAt,
  pausedAt: subscription.pausedAt,
});
