import { monthlyMinorOf, type PlanCode } from "../catalog/plan-terms.ts";
import { currentPlan, type PublishedPlan } from "../catalog/read-catalog.ts";
import type { Sql } from "../platform/database/sql.ts";
import { badInput, EdgeFault, notFound } from "../platform/graphql/errors.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { AlreadyOnPlan } from "../subscriptions/subscription.refusals.ts";
import type { PlanChangeKind } from "./plan-change.entity.ts";
import { kindOfChange } from "./plan-quote.ts";
import { type CustomerMirror, customerOf } from "./stripe-customer.ts";
import { liveSubscriptions, type SubscriptionMirror } from "./stripe-subscription.ts";

/** All that a change of plan is decided from. */
export type PlanChangeState = {
  readonly now: Date;
  readonly current: CurrentSubscription;
  readonly plan: PublishedPlan;
  readonly kind: PlanChangeKind;
  /** The subscription at Stripe that would be changed: the paid one, or the trial's. */
  readonly at: SubscriptionMirror | null;
  readonly customer: CustomerMirror | null;
};

/**
 * Locks the subscription and reads what changing to `code` would stand on.
 *
 * @throws AlreadyOnPlan; EdgeFault BAD_USER_INPUT for a plan by agreement, CONFLICT where the
 *   subscription must not be changed as it stands
 */
export async function readPlanChange(
  sql: Sql,
  organizationId: string,
  code: PlanCode,
  now: Date,
): Promise<PlanChangeState> {
  if (code === "enterprise") throw badInput("ENTERPRISE is by agreement. Open a ticket, and we will make an offer.");
  const current = await lockSubscription(sql, organizationId, now);
  if (!current) throw notFound("The organization");
  const live = await liveSubscriptions(sql, organizationId);
  const granted = live.find((one) => one.granted) ?? null;
  const plan = await currentPlan(sql, code);
  const kind = kindOfChange({
    trialing: current.status === "TRIALING",
    granted: granted !== null,
    from: current.planCode,
    to: code,
    fromMinor: current.agreedMinor ?? monthlyMinorOf(current.plan.terms),
    toMinor: monthlyMinorOf(plan.terms),
  });
  if (kind === null) throw new AlreadyOnPlan(current.plan.terms.name);
  requireChangeable(current);
  const at = kind === "TRIAL" ? (live[0] ?? null) : granted;
  return { now, current, plan, kind, at, customer: await customerOf(sql, organizationId) };
}

function requireChangeable({ collection, pausedAt, plan }: CurrentSubscription): void {
  if (collection === "INVOICE")
    throw new EdgeFault(
      "CONFLICT",
      `${plan.terms.name} was agreed with us. Open a ticket to change it; it can be canceled here.`,
    );
  if (pausedAt !== null) throw new EdgeFault("CONFLICT", "The subscription is paused. Resume it first.");
}
