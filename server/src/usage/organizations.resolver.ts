import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, ID, Info, Int, ObjectType, Query, registerEnumType, Resolver } from "type-graphql";
import { recordStaffRead } from "../audit/record-staff-read.ts";
import { PlanCodeEnum } from "../catalog/plan.type.ts";
import type { PlanCode } from "../catalog/plan-terms.ts";
import { organizationLoader } from "../organizations/organization.loader.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { asksFor } from "../platform/graphql/asks-for.ts";
import { PageInfoType } from "../platform/graphql/connection.ts";
import { type Context, enterTenant } from "../platform/graphql/context.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import type { SubscriptionStatus } from "../subscriptions/subscription.entity.ts";
import { subscriptionLoader } from "../subscriptions/subscription.loader.ts";
import { SubscriptionStatusEnum } from "../subscriptions/subscription.type.ts";
import { listOrganizations, type OrganizationSort } from "./list-organizations.ts";

const OrganizationSortEnum = { NAME: "NAME", CREATED_AT: "CREATED_AT", PLAN: "PLAN", OVERAGE: "OVERAGE" } as const;
registerEnumType(OrganizationSortEnum, {
  name: "OrganizationSort",
  description: "What the list of organizations is sorted by.",
  valuesConfig: {
    OVERAGE: { description: "What generations, calls and compute past the allowance cost in the current period." },
  },
});
const SortDirectionEnum = { ASC: "ASC", DESC: "DESC" } as const;
registerEnumType(SortDirectionEnum, { name: "SortDirection", description: "Rising or falling." });

@ObjectType("OrganizationConnection", { description: "One page of organizations." })
class OrganizationConnectionType {
  @Field(() => [OrganizationType]) readonly nodes!: OrganizationType[];
  @Field(() => PageInfoType) readonly pageInfo!: PageInfoType;
  @Field(() => Int, { description: "How many match, over all pages." }) readonly totalCount!: number;
}

@Resolver()
export class OrganizationsResolver {
  @Query(() => OrganizationType, {
    description: "The viewer's organization; staff and service keys may name any. Another tenant's id is NOT_FOUND.",
  })
  async organization(
    @Arg("id", () => ID, { nullable: true }) id: string | null,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { viewer, organizationId: own } = context;
    if (!id && own === null) throw badInput("Name an organization by its id: you belong to none.");
    const wanted = id ?? own ?? "";
    if (!isUuid(wanted)) throw notFound("The organization");
    if (viewer?.kind === "serviceKey") await enterTenant(context, wanted);
    const found = organizationLoader(context).load(wanted);
    // It travels with the organization instead of after it; whoever asks for it meets its fault.
    if (asksFor(info, "subscription", "usage", "quotas"))
      subscriptionLoader(context)
        .load(wanted)
        .catch(() => undefined);
    const organization = await found;
    if (!organization) throw notFound("The organization");
    if (viewer?.staff) await recordStaffRead(context, organization.id, "organization");
    return organization;
  }

  @Query(() => OrganizationConnectionType, {
    description: "Staff: all organizations. search matches a part of the name, or an id.",
  })
  organizations(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("search", () => String, { nullable: true }) search: string | null,
    @Arg("plan", () => PlanCodeEnum, { nullable: true }) plan: PlanCode | null,
    @Arg("status", () => SubscriptionStatusEnum, { nullable: true }) status: SubscriptionStatus | null,
    @Arg("sort", () => OrganizationSortEnum, { nullable: true, description: "CREATED_AT when left out." })
    sort: OrganizationSort | null,
    @Arg("direction", () => SortDirectionEnum, { nullable: true }) direction: "ASC" | "DESC" | null,
    @Ctx() context: Context,
  ) {
    return listOrganizations(context, { first, after, search, plan, status, sort, direction });
  }
}
