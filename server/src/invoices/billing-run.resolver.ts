import { Arg, Ctx, Int, Mutation, Query, Resolver } from "type-graphql";
import { sqlIn } from "../platform/database/sql.ts";
import {
  badCursor,
  type Connection,
  decodeCursor,
  encodeCursor,
  pageOf,
  pageSize,
} from "../platform/graphql/connection.ts";
import type { Context } from "../platform/graphql/context.ts";
import { isUuid } from "../platform/id.ts";
import { type BillingRun, readBillingRuns } from "./billing-run.ts";
import { BillingRunConnectionType, BillingRunType, StartBillingRunInput } from "./billing-run.type.ts";
import { startBillingRun } from "./start-billing-run.ts";

@Resolver()
export class BillingRunResolver {
  @Query(() => BillingRunConnectionType, { description: "Staff: billing runs, newest first." })
  async billingRuns(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { em }: Context,
  ): Promise<Connection<BillingRun>> {
    const size = pageSize(first);
    const [before] = decodeCursor(after, 1) ?? [];
    if (before !== undefined && !isUuid(before)) throw badCursor();
    const runs = await readBillingRuns(sqlIn(em), size + 1, before ?? null);
    return pageOf(runs, size, after, ({ id }) => encodeCursor([id]));
  }

  @Mutation(() => BillingRunType, {
    description:
      "Staff: closes and charges all periods that ended by an instant. Doing it twice charges nothing twice.",
  })
  startBillingRun(
    @Arg("input", () => StartBillingRunInput) { until }: StartBillingRunInput,
    @Ctx() context: Context,
  ): Promise<BillingRun> {
    return startBillingRun(context, until ?? null);
  }
}
