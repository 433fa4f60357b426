import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { type InvoiceView, invoiceView } from "../../invoices/invoice-view.ts";
import { InvoiceType } from "../../invoices/invoice.type.ts";
import { organizationLoader } from "../../organizations/organization.loader.ts";
import { OrganizationType } from "../../organizations/organization.type.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { MoneyType, moneyFromMinor } from "../../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../../platform/graphql/scalars.ts";
import { type DunningCase, dunningCases } from "./dunning-cases.ts";
import { DunningCaseType } from "./subscription-list.type.ts";

@Resolver(() => DunningCaseType)
export class DunningCaseResolver {
  @Query(() => [DunningCaseType], {
    description: "Staff: renewals that are not paid, those that are so the longest first; at most 500.",
  })
  dunningCases(@Ctx() context: Context): Promise<DunningCase[]> {
    return dunningCases(context);
  }

  @FieldResolver(() => OrganizationType)
  organization(@Root() { subscription }: DunningCase, @Ctx() context: Context) {
    return organizationLoader(context).load(subscription.organizationId);
  }

  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: "The oldest that is unpaid; null until it is mirrored.",
  })
  invoice(@Root() { invoice }: DunningCase): InvoiceView | null {
    return invoice === null ? null : invoiceView(invoice);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "When the card is tried again; null: not by itself.",
  })
  nextAttemptAt(@Root() { invoice }: DunningCase): Date | null {
    return invoice?.nextAttemptAt ?? null;
  }

  @FieldResolver(() => MoneyType, { description: "On all unpaid invoices of the subscription." })
  amountDue(@Root() { amountDueMinor }: DunningCase): MoneyType {
    return moneyFromMinor(amountDueMinor);
  }

  @FieldResolver(() => MoneyType, { description: "What the subscription brings each month." })
  mrrAtRisk(@Root() { mrrMinor }: DunningCase): MoneyType {
    return moneyFromMinor(mrrMinor);
  }
}
