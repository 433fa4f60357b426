import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { currentPlan, planById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { PlanType } from "../catalog/plan.type.ts";
import { planView } from "../catalog/plan-view.ts";
import { InvoiceCollectionEnum } from "../invoices/invoice.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { accessUntil, nextPeriod } from "../subscriptions/subscription.ts";
import { SubscriptionType } from "../subscriptions/subscription.type.ts";
import { PaymentMethodType, PendingUpgradeType, SubscriptionEventType } from "./plan-change.type.ts";
import { billingStandingLoader } from "./subscription-standing.loader.ts";
import { subscriptionTimelineLoader } from "./subscription-timeline.loader.ts";

/** What payments say about a subscription, and what happens to it next. */
@Resolver(() => SubscriptionType)
export class SubscriptionStandingResolver {
  @FieldResolver(() => InvoiceCollectionEnum, { description: "How its invoices are paid." })
  collection(@Root() { collection }: CurrentSubscription): string {
    return collection;
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: "Since when a renewal is unpaid." })
  pastDueSince(@Root() { pastDueSince }: CurrentSubscription): Date | null {
    return pastDueSince;
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "When access falls to Free's limits unless the renewal is paid; null while nothing is past due.",
  })
  accessUntil(@Root() { pastDueSince }: CurrentSubscription): Date | null {
    return accessUntil(pastDueSince);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true })
  pausedAt(@Root() { pausedAt }: CurrentSubscription): Date | null {
    return pausedAt;
  }

  @FieldResolver(() => PlanType, {
    nullable: true,
    description: "The plan that is scheduled to follow: the smaller one, or Free after a cancellation.",
  })
  async nextPlan(@Root() subscription: CurrentSubscription, @Ctx() context: Context): Promise<PlanType | null> {
    const plan = await scheduledPlan(subscription, context);
    return plan && planView(plan);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: "When it follows." })
  nextPlanAt(@Root() subscription: CurrentSubscription): Date | null {
    const { cancelAt, nextPlanVersionId, currentPeriodEnd } = subscription;
    return cancelAt ?? (nextPlanVersionId === null ? null : currentPeriodEnd);
  }

  @FieldResolver(() => PaymentMethodType, { nullable: true, description: "What the next invoice will be charged to." })
  async paymentMethod(@Root() { organizationId }: CurrentSubscription, @Ctx() context: Context) {
    return (await billingStandingLoader(context).load(organizationId)).paymentMethod;
  }

  @FieldResolver(() => PendingUpgradeType, { nullable: true, description: "An upgrade that waits for its payment." })
  async pendingUpgrade(@Root() { organizationId }: CurrentSubscription, @Ctx() context: Context) {
    const { pendingUpgrade } = await billingStandingLoader(context).load(organizationId);
    return pendingUpgrade && { ...pendingUpgrade, plan: planView(pendingUpgrade.plan) };
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "Until then the money-back guarantee can be claimed; null when it cannot.",
  })
  async moneyBackUntil(@Root() { organizationId }: CurrentSubscription, @Ctx() context: Context) {
    return (await billingStandingLoader(context).load(organizationId)).moneyBackUntil;
  }

  @FieldResolver(() => [SubscriptionEventType], {
    description: "What happened to it, newest first: at most 50 events.",
  })
  timeline(@Root() { organizationId }: CurrentSubscription, @Ctx() context: Context) {
    return subscriptionTimelineLoader(context).load(organizationId);
  }

  @FieldResolver(() => Boolean, {
    description: "True when cancelSubscription at the period's end has something to end.",
  })
  canCancel(@Root() { planCode, cancelAt }: CurrentSubscription): boolean {
    return planCode !== "free" && cancelAt === null;
  }

  @FieldResolver(() => Boolean, { description: "True when resumeSubscription has something to take back." })
  canResume(@Root() { pausedAt, cancelAt, nextPlanVersionId }: CurrentSubscription): boolean {
    return pausedAt !== null || cancelAt !== null || nextPlanVersionId !== null;
  }

  @FieldResolver(() => Boolean, { description: "True when pauseSubscription has something to pause." })
  async canPause(@Root() subscription: CurrentSubscription, @Ctx() context: Context): Promise<boolean> {
    const { granted } = await billingStandingLoader(context).load(subscription.organizationId);
    return granted && subscription.pausedAt === null;
  }
}

async function scheduledPlan(subscription: CurrentSubscription, { em }: Context): Promise<PublishedPlan | null> {
  if (subscription.cancelAt !== null && nextPeriod(subscription).plan === "free") return currentPlan(sqlIn(em), "free");
  return subscription.nextPlanVersionId === null ? null : planById(sqlIn(em), subscription.nextPlanVersionId);
}
