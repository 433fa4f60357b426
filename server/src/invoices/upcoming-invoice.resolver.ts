import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { moneyFromMinor } from "../platform/graphql/money.type.ts";
import { nextPeriod } from "../subscriptions/subscription.ts";
import { currentUsageLoader } from "../usage/period-usage.loader.ts";
import { InvoicePreviewType } from "./invoice.type.ts";
import { previewLineView } from "./invoice-view.ts";
import { nextCharge } from "./next-charge.ts";
import { totalMinor } from "./upcoming-invoice.ts";

@Resolver(() => OrganizationType)
export class UpcomingInvoiceResolver {
  @FieldResolver(() => InvoicePreviewType, {
    nullable: true,
    description: "The next invoice as it stands now: the fee to come, and usage past the allowance so far.",
  })
  async upcomingInvoice(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<InvoicePreviewType> {
    const current = await currentUsageLoader(context).load(id);
    const { subscription } = current;
    const lines = await nextCharge(sqlIn(context.em), current);
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
