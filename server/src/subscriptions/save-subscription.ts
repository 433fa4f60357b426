import type { PublishedPlan } from "../catalog/read-catalog.ts";
import { instant } from "../platform/database/row.ts";
import { newId } from "../platform/id.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { CurrentSubscription } from "./current-subscription.ts";
import { BEFORE, publishSubscriptions, type SubscriptionBefore } from "./publish-subscription.ts";

type Spell = {
  readonly organizationId: string;
  readonly billingPeriodId: string;
  readonly planVersionId: string;
  readonly startsAt: Date;
  readonly cause: "upgrade" | "dashboard" | "restricted" | "restored";
};

/** From `startsAt` on usage of the current period is rated by another plan version. */
export const startSpell = (
  sql: Sql,
  { organizationId, currentPeriodId }: Pick<CurrentSubscription, "organizationId" | "currentPeriodId">,
  planVersionId: string,
  startsAt: Date,
  cause: Spell["cause"],
): Promise<void> =>
  startSpells(sql, [{ organizationId, billingPeriodId: currentPeriodId, planVersionId, startsAt, cause }]);

export async function startSpells(sql: Sql, spells: readonly Spell[]): Promise<void> {
  if (spells.length === 0) return;
  await sql(
    `insert into plan_spells (organization_id, id, billing_period_id, starts_at, plan_version_id, cause)
     select organization_id, id, billing_period_id, starts_at, plan_version_id, cause
     from json_to_recordset($1::json) as r (organization_id uuid, id uuid, billing_period_id uuid, starts_at timestamptz, plan_version_id uuid, cause text)`,
    [
      JSON.stringify(
        spells.map((spell) => ({
          organization_id: spell.organizationId,
          id: newId(),
          billing_period_id: spell.billingPeriodId,
          starts_at: spell.startsAt,
          plan_version_id: spell.planVersionId,
          cause: spell.cause,
        })),
      ),
    ],
  );
}

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
  const ids = await openPeriods(sql, [{ organizationId, ...period, planVersionId: plan.id, trial, closedAt: null }]);
  const id = ids.get(periodKey(organizationId, period.start));
  if (id === undefined) throw new Error("the period was not opened");
  return id;
}

type NewPeriod = {
  readonly organizationId: string;
  readonly start: Date;
  readonly end: Date;
  readonly planVersionId: string;
  readonly trial: boolean;
  /** Of a period that is over already. */
  readonly closedAt: Date | null;
};

export const periodKey = (organizationId: string, start: Date): string => `${organizationId} ${start.toISOString()}`;

/**
 * Opens periods. One that events from ahead of time (five minutes at most, an hour is plenty) have opened under another
 * plan keeps that plan for them, as a spell before its start.
 *
 * @returns the ids by organization and start
 */
export async function openPeriods(sql: Sql, periods: readonly NewPeriod[]): Promise<Map<string, string>> {
  const rows = await sql<{ organization_id: string; id: string; start_at: unknown }>(
    `with r as (
       select * from json_to_recordset($1::json) as r (organization_id uuid, id uuid, start_at timestamptz, end_at timestamptz, plan_version_id uuid,
         trial boolean, closed_at timestamptz)),
     ahead as (
       select p.organization_id, p.id, p.start_at, p.plan_version_id as before, r.plan_version_id as after
       from billing_periods p join r on r.organization_id = p.organization_id and r.start_at = p.start_at
       where p.plan_version_id <> r.plan_version_id),
     spells as (
       insert into plan_spells (organization_id, id, billing_period_id, starts_at, plan_version_id, cause)
       select organization_id, gen_random_uuid(), id, start_at - interval '1 hour', before, 'ahead' from ahead
       union all select organization_id, gen_random_uuid(), id, start_at, after, 'ahead' from ahead)
     insert into billing_periods (organization_id, id, start_at, end_at, plan_version_id, trial, closed_at)
     select organization_id, id, start_at, end_at, plan_version_id, trial, closed_at from r
     on conflict (organization_id, start_at) do update set end_at = excluded.end_at, plan_version_id = excluded.plan_version_id,
       trial = excluded.trial, closed_at = excluded.closed_at
     returning organization_id, id, start_at`,
    [
      JSON.stringify(
        periods.map((period) => ({
          organization_id: period.organizationId,
          id: newId(),
          start_at: period.start,
          end_at: period.end,
          plan_version_id: period.planVersionId,
          trial: period.trial,
          closed_at: period.closedAt,
        })),
      ),
    ],
  );
  return new Map(rows.map((row) => [periodKey(row.organization_id, instant(row.start_at)), row.id]));
}

/**
 * Writes what a change of plan or period left in the locked subscription, and tells the customer's
 * endpoints of it.
 *
 * @param at when it changed
 */
export const saveSubscription = (sql: Sql, subscription: CurrentSubscription, at: Date): Promise<void> =>
  saveSubscriptions(sql, [subscription], at);

export async function saveSubscriptions(
  sql: Sql,
  subscriptions: readonly CurrentSubscription[],
  at: Date,
): Promise<void> {
  const before = await sql<SubscriptionBefore>(SAVE, [JSON.stringify(subscriptions.map(subscriptionRecord))]);
  await publishSubscriptions(sql, before, subscriptions, at);
}

const SAVE = `
  with r as (
    select * from json_to_recordset($1::json) as r (organization_id uuid, plan_version_id uuid, plan_code text, status text,
      anchor_at timestamptz, current_period_id uuid, current_period_start timestamptz, current_period_end timestamptz,
      trial_ends_at timestamptz, trial_used boolean, cancel_at timestamptz, agreed_minor int8, collection text,
      next_plan_version_id uuid, past_due_since timestamptz, restricted_at timestamptz, paused_at timestamptz)),
  before as (
    select ${BEFORE} from subscriptions s join r on r.organization_id = s.organization_id),
  saved as (
    update subscriptions s set plan_version_id = r.plan_version_id, plan_code = r.plan_code, status = r.status, anchor_at = r.anchor_at,
      current_period_id = r.current_period_id, current_period_start = r.current_period_start, current_period_end = r.current_period_end,
      trial_ends_at = r.trial_ends_at, trial_used = r.trial_used, cancel_at = r.cancel_at, agreed_minor = r.agreed_minor, collection = r.collection,
      next_plan_version_id = r.next_plan_version_id, past_due_since = r.past_due_since, restricted_at = r.restricted_at, paused_at = r.paused_at
    from r where s.organization_id = r.organization_id)
  select * from before`;

const subscriptionRecord = (subscription: CurrentSubscription) => ({
  organization_id: subscription.organizationId,
  plan_version_id: subscription.planVersionId,
  plan_code: subscription.planCode,
  status: subscription.status,
  anchor_at: subscription.anchorAt,
  current_period_id: subscription.currentPeriodId,
  current_period_start: subscription.currentPeriodStart,
  current_period_end: subscription.currentPeriodEnd,
  trial_ends_at: subscription.trialEndsAt,
  trial_used: subscription.trialUsed,
  cancel_at: subscription.cancelAt,
  agreed_minor: subscription.agreedMinor?.toString() ?? null,
  collection: subscription.collection,
  next_plan_version_id: subscription.nextPlanVersionId,
  past_due_since: subscription.pastDueSince,
  restricted_at: subscription.restrictedAt,
  paused_at: subscription.pausedAt,
});
