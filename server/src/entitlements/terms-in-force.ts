import type { PlanTerms } from "../catalog/plan-terms.ts";
import { currentPlan } from "../catalog/read-catalog.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";

/**
 * What rights and rates hold for each subscription, by organization: those of its plan, of
 * Professional while it is on trial, of Free while access is restricted because a renewal is unpaid.
 */
export async function termsInForce(
  sql: Sql,
  subscriptions: readonly CurrentSubscription[],
  now: Date,
): Promise<Map<string, PlanTerms>> {
  const onTrial = ({ trialEndsAt }: CurrentSubscription): boolean =>
    trialEndsAt !== null && now.getTime() < trialEndsAt.getTime();
  const restricted = ({ restrictedAt }: CurrentSubscription): boolean => restrictedAt !== null;
  const professional = subscriptions.some(onTrial) ? (await currentPlan(sql, "professional")).terms : null;
  const free = subscriptions.some(restricted) ? (await currentPlan(sql, "free")).terms : null;
  return new Map(
    subscriptions.map((subscription) => [
      subscription.organizationId,
      (restricted(subscription) ? free : onTrial(subscription) ? professional : null) ?? subscription.plan.terms,
    ]),
  );
}
