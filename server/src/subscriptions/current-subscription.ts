import type { PlanCode } from "../catalog/plan-terms.ts";
import { currentPlan, plansById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { instant, instantOrNull, wholeOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { RateCard } from "../rating/rate-card.ts";
import type { Collection, SubscriptionStatus } from "./subscription.entity.ts";
import { type Override, withOverrides } from "./subscription.ts";

/** A subscription as it stands, with its plan and rate card: what rating and changes of plan build on. */
export type CurrentSubscription = {
  readonly organizationId: string;
  readonly id: string;
  readonly planVersionId: string;
  readonly planCode: PlanCode;
  readonly status: SubscriptionStatus;
  readonly startedAt: Date;
  readonly anchorAt: Date;
  readonly currentPeriodId: string;
  readonly currentPeriodStart: Date;
  readonly currentPeriodEnd: Date;
  readonly trialEndsAt: Date | null;
  readonly trialUsed: boolean;
  readonly cancelAt: Date | null;
  readonly agreedMinor: bigint | null;
  readonly collection: Collection;
  /** The plan version that takes over when the current period ends; null: the same. */
  readonly nextPlanVersionId: string | null;
  readonly pastDueSince: Date | null;
  /** Since when Free's card holds because a renewal is unpaid. */
  readonly restrictedAt: Date | null;
  readonly pausedAt: Date | null;
  readonly plan: PublishedPlan;
  readonly overrides: readonly StoredOverride[];
  /** What usage is rated by: the plan's card with the customer's own prices; Free's while access is restricted. */
  readonly card: RateCard;
};

export type StoredOverride = Override & { readonly id: string; readonly note: string; readonly createdAt: string };

export type SubscriptionRow = Record<string, unknown> & {
  organization_id: string;
  id: string;
  plan_version_id: string;
  plan_code: PlanCode;
  status: SubscriptionStatus;
  current_period_id: string;
  trial_used: boolean;
  collection: Collection;
  next_plan_version_id: string | null;
  overrides: StoredOverride[] | null;
};

/** Selects rows of `subscriptions s` with the overrides that are in force. */
export const SELECT_SUBSCRIPTIONS = `
  select s.organization_id, s.id, s.plan_version_id, s.plan_code, s.status, s.started_at, s.anchor_at, s.current_period_id,
    s.current_period_start, s.current_period_end, s.trial_ends_at, s.trial_used, s.cancel_at, s.agreed_minor,
    s.collection, s.next_plan_version_id, s.past_due_since, s.restricted_at, s.paused_at,
    (select json_agg(json_build_object('id', o.id, 'meter', o.meter, 'priceKey', o.price_key, 'price', o.price, 'note', o.note, 'createdAt', o.created_at)
       order by o.created_at, o.id)
     from price_overrides o where o.organization_id = s.organization_id and o.ended_at is null) as overrides
  from subscriptions s`;

/** Subscriptions of rows, with their plans and cards; in the order of the rows. */
export async function subscriptionsOf(sql: Sql, rows: readonly SubscriptionRow[]): Promise<CurrentSubscription[]> {
  const plans = await plansById(
    sql,
    rows.map((row) => row.plan_version_id),
  );
  const isRestricted = (row: SubscriptionRow): boolean => instantOrNull(row["restricted_at"]) !== null;
  const free = rows.some(isRestricted) ? await currentPlan(sql, "free") : null;
  return plans.flatMap((plan, index) => {
    const row = rows[index];
    return row ? [withPlan(row, plan, isRestricted(row) ? free : null)] : [];
  });
}

/** @param free Free's plan while its limits hold */
function withPlan(row: SubscriptionRow, plan: PublishedPlan, free: PublishedPlan | null): CurrentSubscription {
  const overrides = row.overrides ?? [];
  return {
    organizationId: row.organization_id,
    id: row.id,
    planVersionId: row.plan_version_id,
    planCode: row.plan_code,
    status: row.status,
    startedAt: instant(row["started_at"]),
    anchorAt: instant(row["anchor_at"]),
    currentPeriodId: row.current_period_id,
    currentPeriodStart: instant(row["current_period_start"]),
    currentPeriodEnd: instant(row["current_period_end"]),
    trialEndsAt: instantOrNull(row["trial_ends_at"]),
    trialUsed: row.trial_used,
    cancelAt: instantOrNull(row["cancel_at"]),
    agreedMinor: wholeOrNull(row["agreed_minor"]),
    collection: row.collection,
    nextPlanVersionId: row.next_plan_version_id,
    pastDueSince: instantOrNull(row["past_due_since"]),
    restrictedAt: instantOrNull(row["restricted_at"]),
    pausedAt: instantOrNull(row["paused_at"]),
    plan,
    overrides,
    card: free === null ? withOverrides(plan.card, overrides) : free.card,
  };
}

/** The card in force: the plan's with the customer's own prices, or Free's while access is restricted. */
export async function cardOf(
  sql: Sql,
  plan: PublishedPlan,
  overrides: readonly Override[],
  restricted: boolean,
): Promise<RateCard> {
  return restricted ? (await currentPlan(sql, "free")).card : withOverrides(plan.card, overrides);
}
