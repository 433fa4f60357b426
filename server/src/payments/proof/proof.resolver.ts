import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { sqlIn } from "../../platform/database/sql.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { readId } from "../../platform/graphql/text.ts";
import { billingFigures } from "./billing-health.ts";
import { BillingHealthType, ProofReportConnectionType, ProofReportType } from "./proof.type.ts";
import { latestReport, listReports, reportById } from "./report.ts";
import { askForProof } from "./run-proof.ts";

@Resolver()
export class ProofResolver {
  @Query(() => ProofReportConnectionType, { description: "Staff: the reports of all proofs, newest first." })
  proofReports(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    return listReports(context, { first, after });
  }

  @Query(() => ProofReportType, { description: "Staff: the report of one proof." })
  async proofReport(@Arg("id", () => ID) id: string, @Ctx() context: Context) {
    const report = await reportById(sqlIn(context.em), readId(id, "The report"));
    if (!report) throw notFound("The report");
    return report;
  }

  @Query(() => ProofReportType, { nullable: true, description: "Staff: the last proof that was finished." })
  latestProof(@Ctx() context: Context) {
    return latestReport(sqlIn(context.em));
  }

  @Query(() => BillingHealthType, { description: "Staff: whether the billing runs as it should." })
  async billingHealth(@Ctx() context: Context): Promise<BillingHealthType> {
    const figures = await billingFigures(sqlIn(context.em));
    return { ...figures, standIn: context.platform.config.stripe.standIn !== null };
  }

  @Mutation(() => ProofReportType, {
    description:
      "Staff: proves everything now. Answers with the finished report, or, when that takes longer than 20 seconds, with the one that is under way.",
  })
  runProof(@Ctx() context: Context) {
    return askForProof(context);
  }
}
