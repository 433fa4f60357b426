import { Arg, Ctx, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import { recordStaffRead } from "../audit/record-staff-read.ts";
import { organizationLoader } from "../organizations/organization.loader.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
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

@Resolver()
export class DecisionsResolver {
  @Query(() => UsageDecisionsType, {
    description: "Staff: what authorizeUsage answered lately, to one organization or to all.",
  })
  async usageDecisions(
    @Arg("hours", () => Int, { nullable: true, description: "1 to 2160; 24 when left out." }) hours:
      | number
      | null
      | undefined,
    @Arg("organizationId", () => ID, { nullable: true }) asked: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<UsageDecisionsType> {
    const [span, organizationId] = [hours ?? 24, asked ?? null];
    if (span < 1 || span > MOST_HOURS) throw badInput(`hours must be from 1 to ${MOST_HOURS}.`);
    if (organizationId !== null) {
      if (!isUuid(organizationId) || !(await organizationLoader(context).load(organizationId)))
        throw notFound("The organization");
      await recordStaffRead(context, organizationId, "usage decisions");
    }
    return readDecisions(sqlIn(context.em), organizationId, span, context.clock());
  }
}

@Resolver(() => RefusedOrganizationType)
export class RefusedOrganizationResolver {
  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: RefusedOrganizationType, @Ctx() context: Context) {
    return organizationLoader(context).load(organizationId);
  }
}
