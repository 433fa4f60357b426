import { Field, ID, Int, ObjectType } from "type-graphql";
import { InvoiceCollectionEnum } from "../../invoices/invoice.type.ts";
import { connectionType } from "../../platform/graphql/connection.ts";
import { DateTimeScalar } from "../../platform/graphql/scalars.ts";
import type { Collection, SubscriptionStatus } from "../../subscriptions/subscription.entity.ts";
import { SubscriptionStatusEnum, SubscriptionType } from "../../subscriptions/subscription.type.ts";

@ObjectType("SubscriptionEntry", {
  description: "A subscription as staff see it beside others, with its copy at Stripe.",
})
export class SubscriptionEntryType {
  @Field(() => ID) readonly id!: string;
  @Field(() => SubscriptionStatusEnum) readonly status!: SubscriptionStatus;
  @Field(() => InvoiceCollectionEnum) readonly collection!: Collection;
  @Field(() => DateTimeScalar) readonly currentPeriodEnd!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When a scheduled cancellation takes effect." })
  readonly cancelAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Since when a renewal is unpaid." })
  readonly pastDueSince!: Date | null;
}

export const SubscriptionEntryConnectionType = connectionType(
  "SubscriptionEntryConnection",
  () => SubscriptionEntryType,
);

@ObjectType("DunningCase", { description: "A renewal that is not paid, and what is being done about it." })
export class DunningCaseType {
  @Field(() => SubscriptionType) readonly subscription!: SubscriptionType;
  @Field(() => DateTimeScalar) readonly since!: Date;
  @Field(() => Int, { description: "Which of the four tries is ahead, 1 to 4: after 1, 3, 7 and 14 days." })
  readonly step!: number;
  @Field(() => DateTimeScalar, { description: "When access falls to Free's limits." }) readonly accessUntil!: Date;
}
