import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { monthlyMinorOf } from "../catalog/plan-terms.ts";
import { toDecimal } from "../kernel/exact.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import type { Context } from "../platform/graphql/context.ts";
import { moneyFromMinor, moneyFromNanos } from "../platform/graphql/money.type.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { nextPeriod } from "../subscriptions/subscription.ts";
import { eventPage } from "../usage/event-pages.ts";
import { currentUsageLoader } from "../usage/period-usage.loader.ts";
import { UsageEventConnectionType } from "../usage/usage.type.ts";
import { InvoiceLineType, InvoicePreviewType } from "./invoice.type.ts";
import { type Line, totalMinor, upcomingLines } from "./upcoming-invoice.ts";

/** A line of the preview, with what it takes to open it. */
type PreviewLine = InvoiceLineType & { readonly organizationId: string; readonly periodId: string };

@Resolver(() => OrganizationType)
export class UpcomingInvoiceResolver {
  @FieldResolver(() => InvoicePreviewType, {
    nullable: true,
    description: "The next invoice as it stands now: the fee to come, and usage past the allowance so far.",
  })
  async upcomingInvoice(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<InvoicePreviewType> {
    const { subscription, meters } = await currentUsageLoader(context).load(id);
    const lines = upcomingLines({
      planName: subscription.plan.terms.name,
      nextFeeMinor: nextFeeMinor(subscription),
      meters,
    });
    return {
      lines: lines.map((line) => lineView(line, subscription)),
      total: moneyFromMinor(totalMinor(lines)),
      periodStart: subscription.currentPeriodStart,
      periodEnd: subscription.currentPeriodEnd,
      dueAt: subscription.currentPeriodEnd,
    };
  }
}

/** The fee of the period that follows; null when Free follows. */
function nextFeeMinor(subscription: CurrentSubscription): bigint | null {
  const next = nextPeriod(subscription);
  return next.plan === "free" ? null : (subscription.agreedMinor ?? monthlyMinorOf(subscription.plan.terms));
}

const lineView = (line: Line, { organizationId, currentPeriodId }: CurrentSubscription): PreviewLine => ({
  organizationId,
  periodId: currentPeriodId,
  id: `${currentPeriodId}:${line.kind.toLowerCase()}:${line.meter ?? "plan"}`,
  kind: line.kind,
  meter: line.meter,
  description: line.description,
  quantity: toDecimal(line.quantity),
  amount: moneyFromMinor(line.amountMinor),
  exactAmount: moneyFromNanos(line.exactNanos),
  roundingDifference: moneyFromNanos(line.roundingNanos),
  estimated: line.estimated,
});

@Resolver(() => InvoiceLineType)
export class InvoiceLineResolver {
  @FieldResolver(() => UsageEventConnectionType, {
    nullable: true,
    description: "The events it is made of, newest first; null for a fee.",
  })
  usageEvents(
    @Root() { kind, meter, organizationId, periodId }: PreviewLine,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    if (
      kind !== "USAGE" ||
      (meter !== "generations" && meter !== "api_calls" && meter !== "compute" && meter !== "storage")
    )
      return null;
    return eventPage(context, organizationId, { meter, periodId }, first, after);
  }
}
