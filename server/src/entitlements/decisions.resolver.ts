import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import { organizationLoader } from "../organizations/organization.loader.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { badInput } from "../platform/graphql/errors.ts";
import { BigIntScalar, DateTimeScalar } from "../platform/graphql/scalars.ts";
import { readDecisions } from "./read-decisions.ts";

@ObjectType("DecisionCount", { description: "How often authorizeUsage answered so." })
class DecisionCountType {
  @Field(() => String, {
    description: "ALLOWED, SUBSCRIPTION_INACTIVE, NOT_ENTITLED, QUOTA_EXCEEDED, SPENDING_CAP or RATE_LIMITED.",
  })
  readonly outcome!: string;
  @Field(() => BigIntScalar) readonly count!: bigint;
}

@ObjectType("DecisionStep", { description: "The decisions of one hour or one UTC day." })
class DecisionStepType {
  @Field(() => DateTimeScalar, { description: "When it begins." }) readonly at!: Date;
  @Field(() => [DecisionCountType], { description: "Outcomes that came; none: nobody asked." })
  readonly outcomes!: readonly DecisionCountType[];
}

@ObjectType("RefusedOrganization", { description: "How often one organization was refused." })
class RefusedOrganizationType {
  readonly organizationId!: string;
  @Field(() => BigIntScalar) readonly allowed!: bigint;
  @Field(() => BigIntScalar) readonly refused!: bigint;
}

@ObjectType("UsageDecisions", {
  description:
    "Answers of authorizeUsage over a span. Statistics: they are up to five seconds behind, and a crash may lose as much. Kept for 90 days.",
})
class UsageDecisionsType {
  @Field(() => DateTimeScalar) readonly from!: Date;
  @Field(() => String, { description: "HOUR or DAY." }) readonly step!: string;
  @Field(() => [DecisionCountType], { description: "Over the whole span." })
  readonly outcomes!: readonly DecisionCountType[];
  @Field(() => [DecisionStepType], { description: "Every hour or day of the span, oldest first." })
  readonly steps!: readonly DecisionStepType[];
  @Field(() => [RefusedOrganizationType], {
    description: "Those that were refused most often, at most ten; empty for one organization.",
  })
  readonly mostRefused!: readonly RefusedOrganizationType[];
}

const MOST_HOURS = 2_160;

const HOURS = { nullable: true, description: "1 to 2160; 24 when left out." } as const;

@Resolver()
export class DecisionsResolver {
  @Query(() => UsageDecisionsType, { description: "Staff: what authorizeUsage answered lately, to all organizations." })
  usageDecisions(
    @Arg("hours", () => Int, HOURS) hours: number | null | undefined,
    @Ctx() context: Context,
  ): Promise<UsageDecisionsType> {
    return readDecisions(sqlIn(context.em), null, spanOf(hours), context.clock());
  }
}

@Resolver(() => OrganizationType)
export class OrganizationDecisionsResolver {
  @FieldResolver(() => UsageDecisionsType, { description: "What authorizeUsage answered lately to this organization." })
  usageDecisions(
    @Root() { id }: OrganizationType,
    @Arg("hours", () => Int, HOURS) hours: number | null | undefined,
    @Ctx() context: Context,
  ): Promise<UsageDecisionsType> {
    return readDecisions(sqlIn(context.em), id, spanOf(hours), context.clock());
  }
}

/** The span that was asked for, in hours. @throws EdgeFault BAD_USER_INPUT */
function spanOf(hours: number | null | undefined): number {
  const span = hours ?? 24;
  if (span < 1 || span > MOST_HOURS) throw badInput(`hours must be from 1 to ${MOST_HOURS}.`);
  return span;
}

@Resolver(() => RefusedOrganizationType)
export class RefusedOrganizationResolver {
  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: RefusedOrganizationType, @Ctx() context: Context) {
    return organizationLoader(context).load(organizationId);
  }
}
