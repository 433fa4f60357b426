import { instant } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Scope } from "../platform/scope.ts";
import { subscriptionLoader } from "../subscriptions/subscription.loader.ts";

export type PeriodRow = {
  id: string;
  start_at: unknown;
  end_at: unknown;
  plan_version_id: string;
  trial: boolean;
  closed_at: unknown;
};

/** A billing period as it is shown; `end` is no part of it. */
export type BillingPeriodView = {
  readonly id: string;
  readonly start: Date;
  readonly end: Date;
  readonly open: boolean;
  readonly trial: boolean;
  readonly planVersionId: string;
};

export const periodView = (row: PeriodRow): BillingPeriodView => ({
  id: row.id,
  start: instant(row.start_at),
  end: instant(row.end_at),
  open: row.closed_at === null,
  trial: row.trial,
  planVersionId: row.plan_version_id,
});

/** The billing periods of an organization, newest first. */
export async function billingPeriods(scope: Scope, organizationId: string): Promise<BillingPeriodView[]> {
  const { currentPeriodId } = await subscriptionLoader(scope).load(organizationId);
  const rows = await sqlIn(scope.em)<PeriodRow>(
    "select id, start_at, end_at, plan_version_id, trial, closed_at from billing_periods where organization_id = $1 and (closed_at is not null or id = $2) order by start_at desc limit 24",
    [organizationId, currentPeriodId],
  );
  return rows.map(periodView);
}
