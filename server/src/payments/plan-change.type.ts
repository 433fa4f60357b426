import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlanCode } from "../catalog/plan-terms.ts";
import { PlanCodeEnum, PlanType } from "../catalog/plan.type.ts";
import { InvoiceLineType } from "../invoices/invoice.type.ts";
import { byName } from "../platform/graphql/answering.ts";
import { MoneyType, RefusalType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { AlreadyOnPlanType, SubscriptionType } from "../subscriptions/subscription.type.ts";
import type { PlanChangeKind } from "./plan-change.entity.ts";

const PlanChangeKindEnum = { START: "START", UPGRADE: "UPGRADE", DOWNGRADE: "DOWNGRADE", TRIAL: "TRIAL" } as const;
registerEnumType(PlanChangeKindEnum, {
  name: "PlanChangeKind",
  description: "When a change of plan takes effect, and what is paid for it.",
  valuesConfig: {
    START: { description: "Now, for a whole period." },
    UPGRADE: { description: "Now, for the rest of the period. Used units carry over." },
    DOWNGRADE: { description: "At the end of the period; nothing is paid now." },
    TRIAL: { description: "Another plan to try; its end charges the card when there is one." },
  },
});

const WHOSE = "Staff: whose subscription. With the organization's own people it is left out.";

@InputType("PlanChangeInput", { description: "The plan to change to." })
export class PlanChangeInput {
  @Field(() => PlanCodeEnum) readonly plan!: PlanCode;
  @Field(() => ID, { nullable: true, description: WHOSE }) readonly organizationId?: string | null;
}

@InputType("ChangePlanInput", { description: "The plan to change to, as it was previewed." })
export class ChangePlanInput {
  @Field(() => PlanCodeEnum) readonly plan!: PlanCode;
  @Field(() => ID, { nullable: true, description: "From the preview: the charge equals it." })
  readonly quoteId?: string | null;
  @Field(() => Boolean, { nullable: true, description: "True: also when what is in use does not fit." })
  readonly confirmLosses?: boolean | null;
  @Field(() => ID, { nullable: true, description: WHOSE }) readonly organizationId?: string | null;
}

@InputType("CancelSubscriptionInput", { description: "When to cancel." })
export class CancelSubscriptionInput {
  @Field(() => Boolean, { description: "False: now, without money back for the rest of the period." })
  readonly atPeriodEnd!: boolean;
  @Field(() => ID, { nullable: true, description: WHOSE }) readonly organizationId?: string | null;
}

@InputType("ResumeSubscriptionInput", { description: "Whose subscription goes on." })
export class ResumeSubscriptionInput {
  @Field(() => Boolean, { nullable: true, description: "Not used." }) readonly _?: boolean | null;
  @Field(() => ID, { nullable: true, description: WHOSE }) readonly organizationId?: string | null;
}

@InputType("PauseSubscriptionInput", { description: "Whose subscription is paused." })
export class PauseSubscriptionInput {
  @Field(() => Boolean, { nullable: true, description: "Not used." }) readonly _?: boolean | null;
  @Field(() => ID, { nullable: true, description: WHOSE }) readonly organizationId?: string | null;
}

@InputType("ClaimMoneyBackInput", { description: "Why the money goes back." })
export class ClaimMoneyBackInput {
  @Field(() => String, { nullable: true, description: "Up to 500 characters, for the people of QLP." })
  readonly reason?: string | null;
  @Field(() => ID, { nullable: true, description: WHOSE }) readonly organizationId?: string | null;
}

@ObjectType("PlanChangePreview", { description: "What a change of plan costs and means. It holds until expiresAt." })
export class PlanChangePreviewType {
  @Field(() => ID, { description: "Give it to changePlan: it charges exactly dueNow." }) readonly quoteId!: string;
  @Field(() => PlanChangeKindEnum) readonly kind!: PlanChangeKind;
  @Field(() => PlanType) readonly plan!: PlanType;
  @Field(() => DateTimeScalar) readonly effectiveAt!: Date;
  @Field(() => DateTimeScalar, { description: "From then on the amount may be another: ask again." })
  readonly expiresAt!: Date;
  @Field(() => [InvoiceLineType], { description: "They add up to dueNow." }) readonly lines!: InvoiceLineType[];
  @Field(() => MoneyType, { description: "Exactly what changePlan with this quoteId charges." })
  readonly dueNow!: MoneyType;
  @Field(() => MoneyType, { description: "An estimate: the fee that follows, and usage past the allowance so far." })
  readonly nextInvoice!: MoneyType;
  @Field(() => [String], {
    description: "What the new plan does not have, in words; use that does not fit comes first.",
  })
  readonly losses!: readonly string[];
  @Field(() => Boolean, { description: "True: use does not fit, and changePlan wants confirmLosses." })
  readonly mustConfirmLosses!: boolean;
  @Field(() => Boolean, { description: "True: changePlan will answer with a page to enter a card on." })
  readonly needsPaymentMethod!: boolean;
}

@ObjectType("UsageDoesNotFit", {
  implements: RefusalType,
  description: "What is in use is more than the plan holds. Use less, or confirm.",
})
class UsageDoesNotFitType extends RefusalType {
  @Field(() => [String]) readonly reasons!: string[];
}

@ObjectType("PaymentFailed", { implements: RefusalType, description: "It was not paid, so nothing has changed." })
class PaymentFailedType extends RefusalType {
  @Field(() => String, { nullable: true, description: "Where it can be paid, or a card entered." })
  readonly hostedUrl!: string | null;
}

@ObjectType("NothingToCancel", { implements: RefusalType, description: "There is nothing to cancel or to take back." })
class NothingToCancelType extends RefusalType {}

@ObjectType("NothingToPause", { implements: RefusalType, description: "There is no paid subscription that runs." })
class NothingToPauseType extends RefusalType {}

@ObjectType("MoneyBackNotDue", { implements: RefusalType, description: "The guarantee does not hold." })
class MoneyBackNotDueType extends RefusalType {}

@ObjectType("MoneyBack", { description: "Everything that was paid goes back." })
class MoneyBackType {
  @Field(() => MoneyType, { description: "To where it was paid from." }) readonly refunded!: MoneyType;
  @Field(() => SubscriptionType) readonly subscription!: CurrentSubscription;
}

@ObjectType("PaymentMethod", { description: "What the next invoice will be charged to." })
export class PaymentMethodType {
  @Field(() => String, { description: "Such as visa." }) readonly brand!: string;
  @Field(() => String) readonly last4!: string;
  @Field(() => Int, { nullable: true }) readonly expMonth!: number | null;
  @Field(() => Int, { nullable: true }) readonly expYear!: number | null;
}

@ObjectType("PendingUpgrade", { description: "An upgrade that waits for its payment." })
export class PendingUpgradeType {
  @Field(() => PlanType) readonly plan!: PlanType;
  @Field(() => String, { nullable: true, description: "Where it can be paid." }) readonly hostedUrl!: string | null;
  @Field(() => DateTimeScalar, { description: "Unpaid by then, it is dropped and nothing is owed." })
  readonly until!: Date;
}

@ObjectType("SubscriptionEvent", { description: "Something that happened to a subscription." })
export class SubscriptionEventType {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly at!: Date;
  @Field(() => String, { description: "In words." }) readonly what!: string;
  @Field(() => String, { nullable: true, description: "Who did it; null for what happened by itself." })
  readonly by!: string | null;
}

export const PlanChangePreviewResult = createUnionType({
  name: "PlanChangePreviewResult",
  description: "What the change costs, or that there is none.",
  types: () => [PlanChangePreviewType, AlreadyOnPlanType] as const,
  resolveType: byName("PlanChangePreview"),
});

export const ChangePlanResult = createUnionType({
  name: "ChangePlanResult",
  description: "The subscription after the change, or why it is as it was.",
  types: () => [SubscriptionType, AlreadyOnPlanType, UsageDoesNotFitType, PaymentFailedType] as const,
  resolveType: byName("Subscription"),
});

export const CancelSubscriptionResult = createUnionType({
  name: "CancelSubscriptionResult",
  description: "The subscription with its end, or that there is none to end.",
  types: () => [SubscriptionType, NothingToCancelType] as const,
  resolveType: byName("Subscription"),
});

export const ResumeSubscriptionResult = createUnionType({
  name: "ResumeSubscriptionResult",
  description: "The subscription that goes on, or that nothing was to be taken back.",
  types: () => [SubscriptionType, NothingToCancelType] as const,
  resolveType: byName("Subscription"),
});

export const PauseSubscriptionResult = createUnionType({
  name: "PauseSubscriptionResult",
  description: "The paused subscription, or that there is none to pause.",
  types: () => [SubscriptionType, NothingToPauseType] as const,
  resolveType: byName("Subscription"),
});

export const ClaimMoneyBackResult = createUnionType({
  name: "ClaimMoneyBackResult",
  description: "What goes back, or why nothing does.",
  types: () => [MoneyBackType, MoneyBackNotDueType] as const,
  resolveType: byName("MoneyBack"),
});
