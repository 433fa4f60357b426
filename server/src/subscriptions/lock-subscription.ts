import { currentPlan, planById, plansById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { arrayOf } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import {
  type CurrentSubscription,
  SELECT_SUBSCRIPTIONS,
  subscriptionsOf,
  type SubscriptionRow,
} from "./current-subscription.ts";
import { restrictedFrom, rollOver } from "./roll-over.ts";
import { openPeriods, periodKey, saveSubscriptions, startSpells } from "./save-subscription.ts";

const LOCK = `${SELECT_SUBSCRIPTIONS} where s.organization_id = $1 for update of s`;
/** In one order for all, so that two that lock many at once do not wait for each other. */
const LOCK_MANY = `${SELECT_SUBSCRIPTIONS} where s.organization_id = any($1::uuid[]) order by s.organization_id for update of s`;

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
  const rows = await sql<SubscriptionRow>(LOCK, [organizationId]);
  return (await bringUpTo(sql, rows, now))[0] ?? null;
}

/**
 * Locks the subscriptions of many organizations and brings their periods up to `now`: a constant
 * number of statements, however many they are.
 *
 * @param sql a transaction of the platform's
 */
export async function lockSubscriptions(
  sql: Sql,
  organizationIds: readonly string[],
  now: Date,
): Promise<CurrentSubscription[]> {
  return bringUpTo(sql, await sql<SubscriptionRow>(LOCK_MANY, [arrayOf(organizationIds)]), now);
}

/**
 * Like `lockSubscriptions`, but leaves out those that somebody else holds just now, and those that
 * do not exist: whoever answers many at once must not wait for one of them.
 */
export async function lockFreeSubscriptions(
  sql: Sql,
  organizationIds: readonly string[],
  now: Date,
): Promise<CurrentSubscription[]> {
  return bringUpTo(sql, await sql<SubscriptionRow>(`${LOCK_MANY} skip locked`, [arrayOf(organizationIds)]), now);
}

async function bringUpTo(sql: Sql, rows: readonly SubscriptionRow[], now: Date): Promise<CurrentSubscription[]> {
  return restrictUnpaid(sql, await rollAllOver(sql, await subscriptionsOf(sql, rows), now), now);
}

/** Closes the periods that are over and opens those that follow. */
async function rollAllOver(
  sql: Sql,
  subscriptions: readonly CurrentSubscription[],
  now: Date,
): Promise<readonly CurrentSubscription[]> {
  const due = subscriptions.filter(({ currentPeriodEnd }) => currentPeriodEnd.getTime() <= now.getTime());
  if (due.length === 0) return subscriptions;
  const free = await currentPlan(sql, "free");
  await plansById(
    sql,
    due.flatMap(({ nextPlanVersionId }) => nextPlanVersionId ?? []),
  );
  const rolled = await Promise.all(
    due.map(async (subscription) => {
      const { nextPlanVersionId: id } = subscription;
      return rollOver(subscription, now, { free, scheduled: id === null ? null : await planById(sql, id) });
    }),
  );
  const periodIds = await openPeriods(
    sql,
    rolled.flatMap(({ subscription: { organizationId }, turns }) =>
      turns.map(({ period, planVersionId }, index) => ({
        organizationId,
        ...period,
        planVersionId,
        trial: false,
        closedAt: index < turns.length - 1 ? period.end : null,
      })),
    ),
  );
  const idOf = (organizationId: string, start: Date): string => {
    const id = periodIds.get(periodKey(organizationId, start));
    if (id === undefined) throw new Error("the period was not opened");
    return id;
  };
  await startSpells(
    sql,
    rolled.flatMap(({ subscription: { organizationId }, turns }) =>
      turns
        .filter(({ restricted }) => restricted)
        .map(({ period: { start } }) => ({
          organizationId,
          billingPeriodId: idOf(organizationId, start),
          planVersionId: free.id,
          startsAt: start,
          cause: "restricted" as const,
        })),
    ),
  );
  await sql(
    `update billing_periods p set closed_at = p.end_at from unnest($1::uuid[], $2::uuid[]) as d (organization_id, id)
     where p.organization_id = d.organization_id and p.id = d.id`,
    [
      arrayOf(due.map(({ organizationId }) => organizationId)),
      arrayOf(due.map(({ currentPeriodId }) => currentPeriodId)),
    ],
  );
  const current = rolled.map(({ subscription }) => ({
    ...subscription,
    currentPeriodId: idOf(subscription.organizationId, subscription.currentPeriodStart),
  }));
  await saveSubscriptions(sql, current, now);
  return replaced(subscriptions, current);
}

/** A week after a renewal failed Free's limits hold until it is paid. */
async function restrictUnpaid(
  sql: Sql,
  subscriptions: readonly CurrentSubscription[],
  now: Date,
): Promise<CurrentSubscription[]> {
  const unpaid = subscriptions.filter((subscription) => restrictedFrom(subscription, now) !== null);
  if (unpaid.length === 0) return [...subscriptions];
  const free = await currentPlan(sql, "free");
  const restricted = unpaid.map((subscription) => ({
    ...subscription,
    restrictedAt: restrictedFrom(subscription, now) ?? now,
    card: free.card,
  }));
  await startSpells(
    sql,
    restricted.map(({ organizationId, currentPeriodId, restrictedAt }) => ({
      organizationId,
      billingPeriodId: currentPeriodId,
      planVersionId: free.id,
      startsAt: restrictedAt,
      cause: "restricted",
    })),
  );
  await saveSubscriptions(sql, restricted, now);
  return replaced(subscriptions, restricted);
}

/** The same list with those that have changed. */
function replaced(all: readonly CurrentSubscription[], changed: readonly CurrentSubscription[]): CurrentSubscription[] {
  const byId = new Map(changed.map((subscription) => [subscription.organizationId, subscription]));
  return all.map((subscription) => byId.get(subscription.organizationId) ?? subscription);
}

/** The plan of the next period: Free, the one that was scheduled, or the same. */
export const planOf = async (
  sql: Sql,
  { plan, nextPlanVersionId }: Pick<CurrentSubscription, "plan" | "nextPlanVersionId">,
  next: "same" | "free",
): Promise<PublishedPlan> =>
  next === "free" ? currentPlan(sql, "free") : nextPlanVersionId === null ? plan : planById(sql, nextPlanVersionId);
