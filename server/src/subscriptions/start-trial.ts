import { recordAudit } from "../audit/record-audit.ts";
import { currentPlan } from "../catalog/read-catalog.ts";
import type { PlanCode } from "../catalog/plan-terms.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { followAtStripe } from "./follow-subscription.job.ts";
import { lockSubscription } from "./lock-subscription.ts";
import { trialPeriod } from "./subscription.ts";
import { AlreadyOnPlan, TrialAlreadyUsed } from "./subscription.refusals.ts";
import { switchPlan } from "./switch-plan.ts";

/**
 * Starts the organization's one trial of `code`: 14 days of unlimited usage, rated at zero, without
 * a card. What follows is Free, unless the organization pays for a plan by then.
 *
 * @throws TrialAlreadyUsed, AlreadyOnPlan — nothing is changed
 */
export async function startTrial(scope: Scope, code: PlanCode): Promise<void> {
  if (code !== "starter" && code !== "professional") {
    throw badInput(
      code === "free"
        ? "Free needs no trial. Try STARTER or PROFESSIONAL."
        : "ENTERPRISE is by agreement. Try STARTER or PROFESSIONAL.",
    );
  }
  const organizationId = tenantOf(scope);
  const now = scope.clock();
  await inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const subscription = await lockSubscription(sql, organizationId, now);
    if (!subscription) throw notFound("The organization");
    if (subscription.trialUsed) throw new TrialAlreadyUsed();
    if (subscription.planCode !== "free") throw new AlreadyOnPlan(subscription.plan.terms.name);

    const plan = await currentPlan(sql, code);
    const period = trialPeriod(now);
    await switchPlan(sql, subscription, plan, period, { status: "TRIALING", trialEndsAt: period.end, trialUsed: true });
    await followAtStripe(sql, organizationId);
    await recordAudit(sql, scope, {
      organizationId,
      action: "trial.started",
      target: plan.terms.name,
      detail: { endsAt: period.end },
    });
  });
}
