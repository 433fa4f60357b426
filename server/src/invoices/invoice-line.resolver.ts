import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../platform/graphql/context.ts";
import { isMeterCode } from "../rating/meter.ts";
import { eventPage } from "../usage/event-pages.ts";
import { UsageEventConnectionType } from "../usage/usage.type.ts";
import { explainLine } from "./explain-line.ts";
import { frozenUsageLoader, usagePartLoader } from "./invoice.loader.ts";
import { InvoiceLineExplanationType, InvoiceLineType } from "./invoice.type.ts";
import { explanationView, type LineView } from "./invoice-view.ts";

/** Lines open alike, whether the invoice is still to come or was paid long ago. */
@Resolver(() => InvoiceLineType)
export class InvoiceLineResolver {
  @FieldResolver(() => InvoiceLineExplanationType, {
    nullable: true,
    description: "What a usage line is made of, by complexity and model class; null for other lines.",
  })
  async explanation(
    @Root() { meter, usage }: LineView,
    @Ctx() context: Context,
  ): Promise<InvoiceLineExplanationType | null> {
    if (usage === null || meter === null || !isMeterCode(meter)) return null;
    const { period, current } = usage;
    const [{ meters, card }, parts] = await Promise.all([
      current === null
        ? frozenUsageLoader(context).load(period)
        : { meters: current.meters, card: current.subscription.card },
      usagePartLoader(context).load(period),
    ]);
    return explanationView(explainLine(meter, meters, card, parts));
  }

  @FieldResolver(() => UsageEventConnectionType, {
    nullable: true,
    description: "The events it is made of, newest first; null for a fee.",
  })
  usageEvents(
    @Root() { meter, usage }: LineView,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    if (usage === null || meter === null || !isMeterCode(meter)) return null;
    const { organizationId, id: periodId } = usage.period;
    return eventPage(context, organizationId, { meter, periodId }, first, after);
  }
}
