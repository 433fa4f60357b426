import DataLoader from "dataloader";
import type { PlanCode } from "../catalog/plan-terms.ts";
import { planById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { arrayOf, instant, instantOrNull, wholeOrNull } from "../platform/database/row.ts";
import { type Sql, sqlIn } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { perRequest } from "../platform/graphql/context.ts";
import { notFound } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import type { RateCard } from "../rating/rate-card.ts";
import { lockSubscription } from "./lock-subscription.ts";
import { type Override, withOverrides } from "./subscription.ts";
import type { SubscriptionStatus } from "./subscription.entity.ts";

/** A subscription as it is now, with its plan and rate card. */
export type CurrentSubscription = {
  readonly organizationId: string;
  readonly id: string;
  readonly planCode: PlanCode;
  readonly status: SubscriptionStatus;
  readonly startedAt: Date;
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

type Row = Record<string, unknown> & {
  organization_id: string;
  id: string;
  plan_code: PlanCode;
  plan_version_id: string;
  status: SubscriptionStatus;
  current_period_id: string;
  trial_used: boolean;
  overrides: StoredOverride[] | null;
};

/**
 * Subscriptions by organization, in one query. Periods that are over are rolled over first, so that
 * what is read is right also when no job ran for a month.
 */
export const subscriptionLoader = perRequest(
  (scope: Scope) =>
    new DataLoader<string, CurrentSubscription>(async (organizationIds) => {
      const sql = sqlIn(scope.em);
      const now = scope.clock();
      let rows = await readSubscriptions(sql, organizationIds);
      const overdue = [...rows.values()].filter((row) => instant(row["current_period_end"]).getTime() <= now.getTime());
      if (overdue.length > 0) {
        for (const { organization_id } of overdue) await rollOverNow(scope, organization_id, now);
        rows = await readSubscriptions(sql, organizationIds);
      }
      return Promise.all(
        organizationIds.map(async (id) => {
          const row = rows.get(id);
          return row ? current(row, await planById(sql, row.plan_version_id)) : notFound("The organization");
        }),
      );
    }),
);

/** Brings one organization's periods up to `now`, in a transaction of its own. */
async function rollOverNow(scope: Pick<Scope, "platform">, organizationId: string, now: Date): Promise<void> {
  await inTenantTransaction(scope.platform.pool, organizationId, (sql) => lockSubscription(sql, organizationId, now));
}

async function readSubscriptions(sql: Sql, organizationIds: readonly string[]): Promise<Map<string, Row>> {
  const rows = await sql<Row>(
    `select s.organization_id, s.id, s.plan_version_id, s.plan_code, s.status, s.started_at, s.current_period_id, s.current_period_start,
       s.current_period_end, s.trial_ends_at, s.trial_used, s.cancel_at, s.agreed_minor,
       (select json_agg(json_build_object('id', o.id, 'meter', o.meter, 'priceKey', o.price_key, 'price', o.price, 'note', o.note, 'createdAt', o.created_at) order by o.created_at, o.id)
          from price_overrides o where o.organization_id = s.organization_id and o.ended_at is null) as overrides
     from subscriptions s where s.organization_id = any($1::uuid[])`,
    [arrayOf(organizationIds)],
  );
  return new Map(rows.map((row) => [row.organization_id, row]));
}

function current(row: Row, plan: PublishedPlan): CurrentSubscription {
  const overrides = row.overrides ?? [];
  return {
    organizationId: row.organization_id,
    id: row.id,
    planCode: row.plan_code,
    status: row.status,
    startedAt: instant(row["started_at"]),
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
