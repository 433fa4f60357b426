import { planById, currentPlan, type PublishedPlan } from "../catalog/read-catalog.ts";
import type { PlanCode } from "../catalog/plan-terms.ts";
import { newId } from "../platform/id.ts";
import { instant, instantOrNull, wholeOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { RateCard } from "../rating/rate-card.ts";
import { nextPeriod, type Override, withOverrides } from "./subscription.ts";
import type { SubscriptionStatus } from "./subscription.entity.ts";

/** A subscription under lock, with its rate card: what ingestion and changes of plan stand on. */
export type LockedSubscription = {
  readonly organizationId: string;
  readonly id: string;
  readonly planVersionId: string;
  readonly planCode: PlanCode;
  readonly status: SubscriptionStatus;
  readonly anchorAt: Date;
  readonly currentPeriodId: string;
  readonly currentPeriodStart: Date;
  readonly currentPeriodEnd: Date;
  readonly trialEndsAt: Date | null;
  readonly trialUsed: boolean;
  readonly cancelAt: Date | null;
  readonly agreedMinor: bigint | null;
  readonly plan: PublishedPlan;
  readonly overrides: readonly Override[];
  readonly card: RateCard;
};

type Row = Record<string, unknown> & {
  organization_id: string;
  id: string;
  plan_version_id: string;
  plan_code: PlanCode;
  status: SubscriptionStatus;
  current_period_id: string;
  trial_used: boolean;
  overrides: Override[] | null;
};

const LOCK = `
  select s.organization_id, s.id, s.plan_version_id, s.plan_code, s.status, s.anchor_at, s.current_period_id, s.current_period_start,
    s.current_period_end, s.trial_ends_at, s.trial_used, s.cancel_at, s.agreed_minor,
    (select json_agg(json_build_object('meter', o.meter, 'priceKey', o.price_key, 'price', o.price) order by o.created_at, o.id)
       from price_overrides o where o.organization_id = s.organization_id and o.ended_at is null) as overrides
  from subscriptions s where s.organization_id = $1 for update of s`;

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
): Promise<LockedSubscription | null> {
  const rows = await sql<Row>(LOCK, [organizationId]);
  const row = rows[0];
  if (!row) return null;
  const plan = await planById(sql, row.plan_version_id);
  return rollOver(sql, read(row, plan, row.overrides ?? []), now);
}

function read(row: Row, plan: PublishedPlan, overrides: readonly Override[]): LockedSubscription {
  return {
    organizationId: row.organization_id,
    id: row.id,
    planVersionId: row.plan_version_id,
    planCode: row.plan_code,
    status: row.status,
    anchorAt: instant(row["anchor_at"]),
    currentPeriodId: row.current_period_id,
    currentPeriodStart: instant(row["current_period_start"]),
    currentPeriodEnd: instant(row["current_period_end"]),
    trialEndsAt: instantOrNull(row["trial_ends_at"]),
    trialUsed: row.trial_used,
    cancelAt: instantOrNull(row["cancel_at"]),
    agreedMinor: wholeOrNull(row["agreed_minor"]),
    plan,
    overrides,
    card: withOverrides(plan.card, overrides),
  };
}

/** Closes the periods that are over and opens those that follow, one after another, however long nobody came by. */
async function rollOver(sql: Sql, subscription: LockedSubscription, now: Date): Promise<LockedSubscription> {
  let current = subscription;
  while (current.currentPeriodEnd.getTime() <= now.getTime()) {
    const next = nextPeriod(current);
    const plan = next.plan === "same" ? current.plan : await currentPlan(sql, "free");
    const periodId = await openPeriod(sql, current, plan, next.period, false);
    await sql("update billing_periods set closed_at = end_at where organization_id = $1 and id = $2", [
      current.organizationId,
      current.currentPeriodId,
    ]);
    const fell = next.plan === "free";
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
      agreedMinor: fell ? null : current.agreedMinor,
      plan,
      card: withOverrides(plan.card, current.overrides),
    };
  }
  if (current !== subscription) await saveSubscription(sql, current);
  return current;
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
export async function saveSubscription(sql: Sql, subscription: LockedSubscription): Promise<void> {
  await sql(
    `update subscriptions set plan_version_id = $2, plan_code = $3, status = $4, anchor_at = $5, current_period_id = $6, current_period_start = $7,
       current_period_end = $8, trial_ends_at = $9, trial_used = $10, cancel_at = $11, agreed_minor = $12
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
    ],
  );
}
