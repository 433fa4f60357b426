import { recordAudit } from "../audit/record-audit.ts";
import { currentPlan } from "../catalog/read-catalog.ts";
import { type PlanCode, monthlyMinorOf } from "../catalog/plan-terms.ts";
import { majorFromMinor, minorFromMajor } from "../kernel/money.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { followAtStripe } from "./follow-subscription.job.ts";
import { lockSubscription } from "./lock-subscription.ts";
import { firstPeriod } from "./subscription.ts";
import { PriceTooLow } from "./subscription.refusals.ts";
import { switchPlan } from "./switch-plan.ts";

export type AgreePlan = { readonly organizationId: string; readonly plan: PlanCode; readonly monthlyPrice: string };

/** A hundred million dollars a month. */
const MOST_MINOR = 10_000_000_000n;

/**
 * Puts an organization on a plan at an agreed monthly price, from now on: the open period ends, and
 * a new one, with the plan's newest version, is anchored at this moment. It is paid by invoice, sent
 * and due in 30 days.
 *
 * @throws PriceTooLow below the plan's minimum — nothing is changed; EdgeFault for no such organization
 */
export async function agreePlan(scope: Scope, input: AgreePlan): Promise<void> {
  const agreedMinor = minorFromMajor(input.monthlyPrice);
  if (agreedMinor === null || agreedMinor < 0n || agreedMinor > MOST_MINOR)
    throw badInput("monthlyPrice must be whole cents from 0.00 to 100000000.00.");
  // Nothing would ever charge it: Free has no subscription at Stripe.
  if (input.plan === "free" && agreedMinor !== 0n) throw badInput("Free is agreed for 0.00 only.");
  if (!isUuid(input.organizationId)) throw notFound("The organization");
  const now = scope.clock();

  await inTenantTransaction(scope.platform.pool, input.organizationId, async (sql) => {
    const subscription = await lockSubscription(sql, input.organizationId, now);
    if (!subscription) throw notFound("The organization");
    const plan = await currentPlan(sql, input.plan);
    const least = monthlyMinorOf(plan.terms);
    if (plan.terms.monthlyIsMinimum && agreedMinor < least)
      throw new PriceTooLow(plan.terms.name, majorFromMinor(least));

    await switchPlan(sql, subscription, plan, firstPeriod(now), {
      status: "ACTIVE",
      agreedMinor,
      collection: plan.code === "free" ? "CARD" : "INVOICE",
    });
    await followAtStripe(sql, input.organizationId);
    await recordAudit(sql, scope, {
      organizationId: input.organizationId,
      action: "plan.agreed",
      target: plan.terms.name,
      detail: { before: subscription.planCode, monthlyPrice: majorFromMinor(agreedMinor) },
    });
  });
}
