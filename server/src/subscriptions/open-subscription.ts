import { currentPlan } from "../catalog/read-catalog.ts";
import { newId } from "../platform/id.ts";
import type { Sql } from "../platform/database/sql.ts";
import { openPeriod } from "./save-subscription.ts";
import { firstPeriod } from "./subscription.ts";

/** Gives a new organization its Free subscription, anchored at `now`. */
export async function openSubscription(sql: Sql, organizationId: string, now: Date): Promise<void> {
  const plan = await currentPlan(sql, "free");
  const period = firstPeriod(now);
  const periodId = await openPeriod(sql, { organizationId }, plan, period, false);
  await sql(
    `insert into subscriptions (organization_id, id, plan_version_id, plan_code, status, started_at, anchor_at, current_period_id, current_period_start, current_period_end, trial_used)
     values ($1, $2, $3, $4, 'ACTIVE', $5, $5, $6, $5, $7, false)`,
    [organizationId, newId(), plan.id, plan.code, now, periodId, period.end],
  );
}
