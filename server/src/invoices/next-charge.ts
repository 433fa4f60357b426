import { monthlyMinorOf } from "../catalog/plan-terms.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { planOf } from "../subscriptions/lock-subscription.ts";
import { nextPeriod } from "../subscriptions/subscription.ts";
import type { CurrentUsage } from "../usage/period-usage.loader.ts";
import { type Line, upcomingLines } from "./upcoming-invoice.ts";

/** The lines of the next invoice as it stands now. */
export async function nextCharge(sql: Sql, { subscription, meters }: CurrentUsage): Promise<Line[]> {
  return upcomingLines({ ...(await nextFee(sql, subscription)), meters });
}

/** The plan of the period that follows and its fee; none when Free follows, nor while the subscription is paused. */
async function nextFee(
  sql: Sql,
  subscription: CurrentSubscription,
): Promise<{ planName: string; nextFeeMinor: bigint | null }> {
  const next = nextPeriod(subscription);
  if (next.plan === "free" || subscription.pausedAt !== null)
    return { planName: subscription.plan.terms.name, nextFeeMinor: null };
  const plan = await planOf(sql, subscription, next.plan);
  const agreed = plan.id === subscription.planVersionId ? subscription.agreedMinor : null;
  return { planName: plan.terms.name, nextFeeMinor: agreed ?? monthlyMinorOf(plan.terms) };
}
