import type { PlanCode } from "../catalog/plan-terms.ts";
import { planById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { instant, instantOrNull, wholeOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { RateCard } from "../rating/rate-card.ts";
import type { SubscriptionStatus } from "./subscription.entity.ts";
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
  readonly plan: PublishedPlan;
  readonly overrides: readonly StoredOverride[];
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
  overrides: StoredOverride[] | null;
};

/** Selects rows of `subscriptions s` with the overrides that are in force. */
export const SELECT_SUBSCRIPTIONS = `
  select s.organization_id, s.id, s.plan_version_id, s.plan_code, s.status, s.started_at, s.anchor_at, s.current_period_id,
    s.current_period_start, s.current_period_end, s.trial_ends_at, s.trial_used, s.cancel_at, s.agreed_minor,
    (select json_agg(json_build_object('id', o.id, 'meter', o.meter, 'priceKey', o.price_key, 'price', o.price, 'note', o.note, 'createdAt', o.created_at)
       order by o.created_at, o.id)
     from price_overrides o where o.organization_id = s.organization_id and o.ended_at is null) as overrides
  from subscriptions s`;

export async function subscriptionOf(sql: Sql, row: SubscriptionRow): Promise<CurrentSubscription> {
  const plan = await planById(sql, row.plan_version_id);
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
    plan,
    overrides,
    card: withOverrides(plan.card, overrides),
  };
}
