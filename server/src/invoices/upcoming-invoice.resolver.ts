import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { monthlyMinorOf } from "../catalog/plan-terms.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { moneyFromMinor } from "../platform/graphql/money.type.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { planOf } from "../subscriptions/lock-subscription.ts";
import { nextPeriod } from "../subscriptions/subscription.ts";
import { currentUsageLoader } from "../usage/period-usage.loader.ts";
import { InvoicePreviewType } from "./invoice.type.ts";
import { previewLineView } from "./invoice-view.ts";
import { totalMinor, upcomingLines } from "./upcoming-invoice.ts";

@Resolver(() => OrganizationType)
export class UpcomingInvoiceResolver {
  @FieldResolver(() => InvoicePreviewType, {
    nullable: true,
    description: "The next invoice as it stands now: the fee to come, and usage past the allowance so far.",
  })
  async upcomingInvoice(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<InvoicePreviewType> {
    const current = await currentUsageLoader(context).load(id);
    const { subscription, meters } = current;
    const lines = upcomingLines({ ...(await nextFee(context, subscription)), meters });
    const fees = nextPeriod(subscription).period;
    return {
      lines: lines.map((line) => previewLineView(line, current, fees)),
      total: moneyFromMinor(totalMinor(lines)),
      periodStart: subscription.currentPeriodStart,
      periodEnd: subscription.currentPeriodEnd,
      dueAt: subscription.currentPeriodEnd,
    };
  }
}

/** The plan of the period that follows and its fee; none when Free follows, nor while the subscription is paused. */
async function nextFee(
  { em }: Context,
  subscription: CurrentSubscription,
): Promise<{ planName: string; nextFeeMinor: bigint | null }> {
  const next = nextPeriod(subscription);
  if (next.plan === "free" || subscription.pausedAt !== null)
    return { planName: subscription.plan.terms.name, nextFeeMinor: null };
  const plan = await planOf(sqlIn(em), subscription, next.plan);
  const agreed = plan.id === subscription.planVersionId ? subscription.agreedMinor : null;
  return { planName: plan.terms.name, nextFeeMinor: agreed ?? monthlyMinorOf(plan.terms) };
}
