import type { PublishedPlan } from "../catalog/read-catalog.ts";
import type { Period } from "../kernel/period.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { CurrentSubscription } from "./current-subscription.ts";
import { openPeriod, saveSubscription } from "./save-subscription.ts";
import { withOverrides } from "./subscription.ts";

/** What a switch changes besides the plan and the period. */
type Change = Partial<
  Pick<
    CurrentSubscription,
    "status" | "trialEndsAt" | "trialUsed" | "cancelAt" | "agreedMinor" | "collection" | "anchorAt"
  >
>;

/**
 * Puts a locked subscription on another plan from `period.start` on: the open period ends there, a
 * new one begins, and later periods are anchored at its start, unless the change says otherwise.
 */
export async function switchPlan(
  sql: Sql,
  subscription: CurrentSubscription,
  plan: PublishedPlan,
  period: Period,
  change: Change,
): Promise<CurrentSubscription> {
  const { organizationId } = subscription;
  const trial = change.trialEndsAt !== undefined && change.trialEndsAt !== null;
  await sql(
    `update billing_periods set end_at = $3, closed_at = $3 where organization_id = $1 and id = $2 and start_at < $3`,
    [organizationId, subscription.currentPeriodId, period.start],
  );
  // A period that an event from ahead of time has opened begins now instead, and keeps that event.
  await sql(
    `update billing_periods set start_at = $2 where organization_id = $1 and start_at > $2 and closed_at is null`,
    [organizationId, period.start],
  );
  const currentPeriodId = await openPeriod(sql, subscription, plan, period, trial);
  const switched: CurrentSubscription = {
    ...subscription,
    cancelAt: null,
    trialEndsAt: null,
    agreedMinor: null,
    collection: "CARD",
    nextPlanVersionId: null,
    pastDueSince: null,
    restrictedAt: null,
    pausedAt: null,
    anchorAt: period.start,
    ...change,
    planVersionId: plan.id,
    planCode: plan.code,
    currentPeriodId,
    currentPeriodStart: period.start,
    currentPeriodEnd: period.end,
    plan,
    card: withOverrides(plan.card, subscription.overrides),
  };
  await saveSubscription(sql, switched, period.start);
  return switched;
}
