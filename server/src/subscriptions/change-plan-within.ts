import type { PublishedPlan } from "../catalog/read-catalog.ts";
import type { Sql } from "../platform/database/sql.ts";
import { cardOf, type CurrentSubscription } from "./current-subscription.ts";
import { saveSubscription, startSpell } from "./save-subscription.ts";

/**
 * Puts a locked subscription on another plan within its open period, from `now` on: units used so
 * far carry over, and the new allowance holds for the whole period. What was rated stays as it was.
 */
export async function changePlanWithin(
  sql: Sql,
  current: CurrentSubscription,
  plan: PublishedPlan,
  now: Date,
  cause: "upgrade" | "dashboard",
): Promise<CurrentSubscription> {
  await startSpell(sql, current, plan.id, now, cause);
  const changed: CurrentSubscription = {
    ...current,
    planVersionId: plan.id,
    planCode: plan.code,
    agreedMinor: null,
    nextPlanVersionId: null,
    plan,
    card: await cardOf(sql, plan, current.overrides, current.restrictedAt !== null),
  };
  await saveSubscription(sql, changed, now);
  return changed;
}

/** What payments and pauses change about a subscription besides its plan and periods. */
export type Standing = Pick<CurrentSubscription, "cancelAt" | "nextPlanVersionId" | "pastDueSince" | "pausedAt">;

/** Sets a locked subscription's standing; a payment that ends arrears gives the plan's limits back from `now` on. */
export async function setStanding(
  sql: Sql,
  current: CurrentSubscription,
  standing: Partial<Standing>,
  now: Date,
): Promise<CurrentSubscription> {
  const next = { ...current, ...standing };
  const restored = next.pastDueSince === null && current.restrictedAt !== null;
  if (restored) await startSpell(sql, current, current.planVersionId, now, "restored");
  const changed: CurrentSubscription = {
    ...next,
    status: statusOf(next),
    restrictedAt: restored ? null : current.restrictedAt,
    card: restored ? await cardOf(sql, current.plan, current.overrides, false) : current.card,
  };
  await saveSubscription(sql, changed, now);
  return changed;
}

function statusOf({ pausedAt, pastDueSince, trialEndsAt }: CurrentSubscription): CurrentSubscription["status"] {
  if (pausedAt !== null) return "PAUSED";
  if (pastDueSince !== null) return "PAST_DUE";
  return trialEndsAt === null ? "ACTIVE" : "TRIALING";
}
