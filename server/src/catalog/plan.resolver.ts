import { Arg, createUnionType, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { answering, byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { PublishPlanVersionInput } from "./plan.input.ts";
import { InvalidCatalog } from "./plan.refusals.ts";
import { InvalidCatalogType, PlanCodeEnum, PlanType, PlanVersionType } from "./plan.type.ts";
import { planVersionView, planView } from "./plan-view.ts";
import type { PlanCode } from "./plan-terms.ts";
import { publishPlanVersion } from "./publish-plan-version.ts";
import { currentPlans, planVersions } from "./read-catalog.ts";

const PublishPlanVersionResult = createUnionType({
  name: "PublishPlanVersionResult",
  description: "The published version, or what is wrong with its terms.",
  types: () => [PlanVersionType, InvalidCatalogType] as const,
  resolveType: byName("PlanVersion"),
});

@Resolver()
export class PlanResolver {
  @Query(() => [PlanType], { description: "The published catalog, as new subscriptions get it. Public." })
  async plans(@Ctx() { em }: Context): Promise<PlanType[]> {
    return (await currentPlans(sqlIn(em))).map(planView);
  }

  @Query(() => [PlanVersionType], { description: "Staff: all published versions of a plan, newest first." })
  async planVersions(
    @Arg("code", () => PlanCodeEnum) code: PlanCode,
    @Ctx() { em }: Context,
  ): Promise<PlanVersionType[]> {
    return (await planVersions(sqlIn(em), code)).map(planVersionView);
  }

  @Mutation(() => PublishPlanVersionResult, {
    description: "Staff: publishes the next version of a plan. New subscriptions get it; present ones keep theirs.",
  })
  publishPlanVersion(
    @Arg("input", () => PublishPlanVersionInput) input: PublishPlanVersionInput,
    @Ctx() context: Context,
  ) {
    return answering([InvalidCatalog], async () => planVersionView(await publishPlanVersion(context, input)));
  }
}
