import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { PlanCode } from "../../catalog/plan-terms.ts";
import { planView } from "../../catalog/plan-view.ts";
import { PlanCodeEnum, PlanType } from "../../catalog/plan.type.ts";
import { nextCharge } from "../../invoices/next-charge.ts";
import { totalMinor } from "../../invoices/upcoming-invoice.ts";
import { organizationLoader } from "../../organizations/organization.loader.ts";
import { OrganizationType } from "../../organizations/organization.type.ts";
import { sqlIn } from "../../platform/database/sql.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { MoneyType, moneyFromMinor } from "../../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../../platform/graphql/scalars.ts";
import type { CurrentSubscription } from "../../subscriptions/current-subscription.ts";
import type { SubscriptionStatus } from "../../subscriptions/subscription.entity.ts";
import { SubscriptionStatusEnum } from "../../subscriptions/subscription.type.ts";
import { accessUntil } from "../../subscriptions/subscription.ts";
import { currentUsageLoader } from "../../usage/period-usage.loader.ts";
import { dashboardUrl } from "../dashboard-url.ts";
import { grantedMirrorLoader } from "./granted-mirror.loader.ts";
import { mirrorDrift } from "./mirror-drift.ts";
import { listSubscriptions } from "./subscription-list.ts";
import { SubscriptionEntryConnectionType, SubscriptionEntryType } from "./subscription-list.type.ts";

@Resolver(() => SubscriptionEntryType)
export class SubscriptionEntryResolver {
  @Query(() => SubscriptionEntryConnectionType, {
    description:
      "Staff: subscriptions of all organizations, the last begun first. search matches a part of the organization's name, or an id, ours or Stripe's.",
  })
  subscriptions(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("plan", () => PlanCodeEnum, { nullable: true }) plan: PlanCode | null,
    @Arg("status", () => SubscriptionStatusEnum, { nullable: true }) status: SubscriptionStatus | null,
    @Arg("cancels", () => Boolean, { nullable: true, description: "Those that will end, or the others." })
    cancels: boolean | null,
    @Arg("search", () => String, { nullable: true }) search: string | null,
    @Ctx() context: Context,
  ) {
    return listSubscriptions(context, { first, after, plan, status, cancels, search });
  }

  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: CurrentSubscription, @Ctx() context: Context) {
    return organizationLoader(context).load(organizationId);
  }

  @FieldResolver(() => PlanType)
  plan(@Root() { plan }: CurrentSubscription): PlanType {
    return planView(plan);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      "An estimate: the fee that follows, and usage past the allowance so far. null: nothing will be charged.",
  })
  async nextCharge(
    @Root() { organizationId }: CurrentSubscription,
    @Ctx() context: Context,
  ): Promise<MoneyType | null> {
    const lines = await nextCharge(sqlIn(context.em), await currentUsageLoader(context).load(organizationId));
    return lines.length === 0 ? null : moneyFromMinor(totalMinor(lines));
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true })
  accessUntil(@Root() { pastDueSince }: CurrentSubscription): Date | null {
    return accessUntil(pastDueSince);
  }

  @FieldResolver(() => String, { nullable: true, description: "The subscription at Stripe that the plan stands on." })
  async stripeSubscriptionId(
    @Root() { organizationId }: CurrentSubscription,
    @Ctx() context: Context,
  ): Promise<string | null> {
    return (await grantedMirrorLoader(context).load(organizationId))?.stripeId ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Its page in Stripe's dashboard; null with the stand-in, which has none.",
  })
  async stripeUrl(@Root() { organizationId }: CurrentSubscription, @Ctx() context: Context): Promise<string | null> {
    const mirror = await grantedMirrorLoader(context).load(organizationId);
    return mirror === null ? null : dashboardUrl(context.platform.config, `subscriptions/${mirror.stripeId}`);
  }

  @FieldResolver(() => Boolean, { description: "True when the subscription and its copy at Stripe differ." })
  async drift(@Root() subscription: CurrentSubscription, @Ctx() context: Context): Promise<boolean> {
    const mirror = await grantedMirrorLoader(context).load(subscription.organizationId);
    return mirrorDrift(subscription, mirror, context.clock()).length > 0;
  }
}
