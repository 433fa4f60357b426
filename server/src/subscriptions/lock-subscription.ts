import { currentPlan, planById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { newId } from "../platform/id.ts";
import type { Sql } from "../platform/database/sql.ts";
import {
  cardOf,
  type CurrentSubscription,
  SELECT_SUBSCRIPTIONS,
  subscriptionOf,
  type SubscriptionRow,
} from "./current-subscription.ts";
import { accessUntil, nextPeriod } from "./subscription.ts";

const LOCK = `${SELECT_SUBSCRIPTIONS} where s.organization_id = $1 for update of s`;

/**
 * Locks the organization's subscription to the end of the transaction and brings its periods up to `now`.
 *
 * All that changes an organization's usage or plan goes through this lock, one at a time.
 *
 * @returns null when there is no such organization in the session
 */
export async function lockSubscription(
  sql: Sql,
  organizationId: string,
  now: Date,
): Promise<CurrentSubscription | null> {
  const [row] = await sql<SubscriptionRow>(LOCK, [organizationId]);
  if (!row) return null;
  const current = await rollOver(sql, await subscriptionOf(sql, row), now);
  return restrictWhenUnpaid(sql, current, now);
}

/** A week after a renewal failed Free's limits hold until it is paid. */
async function restrictWhenUnpaid(sql: Sql, current: CurrentSubscription, now: Date): Promise<CurrentSubscription> {
  const until = accessUntil(current.pastDueSince);
  if (until === null || current.restrictedAt !== null || now.getTime() < until.getTime()) return current;
  const free = await currentPlan(sql, "free");
  await startSpell(sql, current, free.id, until, "restricted");
  const restricted = { ...current, restrictedAt: until, card: free.card };
  await saveSubscription(sql, restricted);
  return restricted;
}

/** From `startsAt` on usage of the current period is rated by another plan version. */
export async function startSpell(
  sql: Sql,
  { organizationId, currentPeriodId }: Pick<CurrentSubscription, "organizationId" | "currentPeriodId">,
  planVersionId: string,
  startsAt: Date,
  cause: "upgrade" | "dashboard" | "restricted" | "restored",
): Promise<void> {
  await sql(
    `insert into plan_spells (organization_id, id, billing_period_id, starts_at, plan_version_id, cause) values ($1, $2, $3, $4, $5, $6)`,
    [organizationId, newId(), currentPeriodId, startsAt, planVersionId, cause],
  );
}

/** Closes the periods that are over and opens those that follow, one after another, however long nobody came by. */
async function rollOver(sql: Sql, subscription: CurrentSubscription, now: Date): Promise<CurrentSubscription> {
  let current = subscription;
  while (current.currentPeriodEnd.getTime() <= now.getTime()) {
    const next = nextPeriod(current);
    const plan = await planOf(sql, current, next.plan);
    const fell = next.plan === "free";
    // Free asks for nothing, so nothing restricts it.
    const restrictedAt = fell ? null : current.restrictedAt;
    const periodId = await openPeriod(sql, current, plan, next.period, false);
    if (restrictedAt !== null) {
      const free = await currentPlan(sql, "free");
      await startSpell(sql, { ...current, currentPeriodId: periodId }, free.id, next.period.start, "restricted");
    }
    await sql("update billing_periods set closed_at = end_at where organization_id = $1 and id = $2", [
      current.organizationId,
      current.currentPeriodId,
    ]);
    current = {
      ...current,
      planVersionId: plan.id,
      planCode: plan.code,
      status: fell ? "ACTIVE" : current.status,
      anchorAt: next.anchorAt,
      currentPeriodId: periodId,
      currentPeriodStart: next.period.start,
      currentPeriodEnd: next.period.end,
      trialEndsAt: fell ? null : current.trialEndsAt,
      cancelAt: fell ? null : current.cancelAt,
      agreedMinor: fell || plan.id !== current.planVersionId ? null : current.agreedMinor,
      collection: fell ? "CARD" : current.collection,
      nextPlanVersionId: null,
      pastDueSince: fell ? null : current.pastDueSince,
      restrictedAt,
      pausedAt: fell ? null : current.pausedAt,
      plan,
      card: await cardOf(sql, plan, current.overrides, restrictedAt !== null),
    };
  }
  if (current !== subscription) await saveSubscription(sql, current);
  return current;
}

/** The plan of the next period: Free, the one that was scheduled, or the same. */
export const planOf = async (
  sql: Sql,
  { plan, nextPlanVersionId }: Pick<CurrentSubscription, "plan" | "nextPlanVersionId">,
  next: "same" | "free",
): Promise<PublishedPlan> =>
  next === "free" ? currentPlan(sql, "free") : nextPlanVersionId === null ? plan : planById(sql, nextPlanVersionId);

/**
 * The period that starts at `period.start`, made unless an event from just ahead of time has made it already.
 *
 * @returns its id
 */
export async function openPeriod(
  sql: Sql,
  { organizationId }: { organizationId: string },
  plan: PublishedPlan,
  period: { start: Date; end: Date },
  trial: boolean,
): Promise<string> {
  const rows = await sql<{ id: string }>(
    `insert into billing_periods (organization_id, id, start_at, end_at, plan_version_id, trial)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (organization_id, start_at) do update set end_at = excluded.end_at, plan_version_id = excluded.plan_version_id, trial = excluded.trial, closed_at = null
     returning id`,
    [organizationId, newId(), period.start, period.end, plan.id, trial],
  );
  if (!rows[0]) throw new Error("the period was not opened");
  return rows[0].id;
}

/** Writes what a change of plan or period left in the locked subscription. */
export async function saveSubscription(sql: Sql, subscription: CurrentSubscription): Promise<void> {
  await sql(
    `update subscriptions set plan_version_id = $2, plan_code = $3, status = $4, anchor_at = $5, current_period_id = $6, current_period_start = $7,
       current_period_end = $8, trial_ends_at = $9, trial_used = $10, cancel_at = $11, agreed_minor = $12,
       collection = $13, next_plan_version_id = $14, past_due_since = $15, restricted_at = $16, paused_at = $17
     where organization_id = $1`,
    [
      subscription.organizationId,
      subscription.planVersionId,
      subscription.planCode,
      subscription.status,
      subscription.anchorAt,
      subscription.currentPeriodId,
      subscription.currentPeriodStart,
      subscription.currentPeriodEnd,
      subscription.trialEndsAt,
      subscription.trialUsed,
      subscription.cancelAt,
      subscription.agreedMinor === null ? null : subscription.agreedMinor.toString(),
      subscription.collection,
      subscription.nextPlanVersionId,
      subscription.pastDueSince,
      subscription.restrictedAt,
      subscription.pausedAt,
    ],
  );
}
