import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { UsageRoute } from "../../invoices/charge.entity.ts";
import { organizationLoader } from "../../organizations/organization.loader.ts";
import { OrganizationType } from "../../organizations/organization.type.ts";
import { answering } from "../../platform/graphql/answering.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { inTenant } from "../../platform/scope.ts";
import { meterCodes } from "../../rating/meter.ts";
import { subscriptionLoader } from "../../subscriptions/subscription.loader.ts";
import { grantedMirrorLoader } from "../lists/granted-mirror.loader.ts";
import { nextRoute, routeFrom } from "./route-choices.ts";
import { setUsageRoute } from "./set-usage-route.ts";
import { routeChoicesLoader, stripeMetersOnce } from "./usage-route.loader.ts";
import { UsageRouteRefused } from "./usage-route.refusals.ts";
import { SetUsageRouteInput, SetUsageRouteResult, type UsageRouteKind, UsageRouteType } from "./usage-route.type.ts";

@Resolver(() => OrganizationType)
export class UsageRouteResolver {
  @FieldResolver(() => [UsageRouteType], {
    description: "How each meter's usage reaches Stripe's invoices, now and from the next period on.",
  })
  async usageRoutes(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<UsageRouteType[]> {
    const [choices, subscription, mirror, meters] = await Promise.all([
      routeChoicesLoader(context).load(id),
      subscriptionLoader(context).load(id),
      grantedMirrorLoader(context).load(id),
      stripeMetersOnce(context),
    ]);
    return meterCodes.map((meter) => {
      const route = kindOf(routeFrom(choices, meter, subscription.currentPeriodStart));
      const next = kindOf(nextRoute(choices, meter));
      const priceId = meters.find((each) => each.meter === meter)?.priceId;
      return {
        id: `${id}:${meter}`,
        meter,
        route,
        next,
        changesAt: route === next ? null : subscription.currentPeriodEnd,
        atStripe: mirror?.meteredItems.some((item) => item.priceId === priceId) ?? false,
      };
    });
  }

  @Mutation(() => SetUsageRouteResult, {
    description:
      "Staff: chooses how one meter's usage reaches Stripe's invoices. It holds from the next period on; the one that runs is billed as it began. The amount is the same either way.",
  })
  setUsageRoute(
    @Arg("input", () => SetUsageRouteInput) { organizationId, meter, route }: SetUsageRouteInput,
    @Ctx() context: Context,
  ) {
    return answering([UsageRouteRefused], async () => {
      await setUsageRoute(context, { organizationId, meter, route: routeOf(route) });
      return organizationLoader(inTenant(context, organizationId)).load(organizationId);
    });
  }
}

const kindOf = (route: UsageRoute): UsageRouteKind => (route === "stripe_meter" ? "STRIPE_METER" : "INVOICE_ITEM");

const routeOf = (kind: UsageRouteKind): UsageRoute => (kind === "STRIPE_METER" ? "stripe_meter" : "invoice_item");
