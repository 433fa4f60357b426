import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { subscriptionLoader } from "../subscriptions/subscription.loader.ts";
import { holdView, spendingView } from "./decision-view.ts";
import {
  EntitlementUseType,
  HoldConnectionType,
  HoldStateEnum,
  SpendingType,
  UsageAlertType,
} from "./entitlements.type.ts";
import type { HoldState } from "./hold.entity.ts";
import { holdPage } from "./hold-pages.ts";
import { listAlerts } from "./list-alerts.ts";
import { readEntitlements } from "./read-entitlements.ts";
import { readSpending } from "./spending.ts";

@Resolver(() => OrganizationType)
export class OrganizationEntitlementsResolver {
  @FieldResolver(() => [EntitlementUseType], {
    description: "The rights of the plan in force, in its order, and how much of each is in use.",
  })
  async entitlements(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<EntitlementUseType[]> {
    const subscription = await subscriptionLoader(context).load(id);
    const rights = await readEntitlements(sqlIn(context.em), [subscription], context.clock());
    return rights.get(id) ?? [];
  }

  @FieldResolver(() => SpendingType, { description: "What usage costs in the current period, and its cap." })
  async spending(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<SpendingType> {
    const subscription = await subscriptionLoader(context).load(id);
    return spendingView(await readSpending(sqlIn(context.em), subscription, context.clock()));
  }

  @FieldResolver(() => HoldConnectionType, {
    description: "Units kept back for work that has not ended, and holds that have; newest first.",
  })
  async holds(
    @Root() { id }: OrganizationType,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("state", () => HoldStateEnum, { nullable: true }) state: HoldState | null,
    @Ctx() context: Context,
  ) {
    const { nodes, pageInfo } = await holdPage(context, id, state ?? null, first, after);
    return { nodes: nodes.map(holdView), pageInfo };
  }

  @FieldResolver(() => [UsageAlertType], {
    description:
      "Parts of allowances and of the spending cap that were reached, newest first, at most 100. Those of the cap are for who may see money.",
  })
  usageAlerts(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<UsageAlertType[]> {
    const seesMoney = ["billing:read", "staff:read"] as const;
    return listAlerts(
      context,
      id,
      seesMoney.some((permission) => context.viewer?.permissions.has(permission)),
    );
  }
}
