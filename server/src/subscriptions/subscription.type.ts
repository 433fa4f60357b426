import { Field, ID, InputType, ObjectType, registerEnumType, createUnionType } from "type-graphql";
import { MeterPriceType, PlanCodeEnum, InvalidCatalogType } from "../catalog/plan.type.ts";
import { PriceInput } from "../catalog/plan.input.ts";
import type { PlanCode } from "../catalog/plan-terms.ts";
import { byName } from "../platform/graphql/answering.ts";
import { RefusalType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.ts";
import type { CurrentSubscription } from "./current-subscription.ts";

export const SubscriptionStatusEnum = {
  TRIALING: "TRIALING",
  ACTIVE: "ACTIVE",
  PAST_DUE: "PAST_DUE",
  PAUSED: "PAUSED",
  CANCELED: "CANCELED",
} as const;
registerEnumType(SubscriptionStatusEnum, {
  name: "SubscriptionStatus",
  description: "Where a subscription stands.",
  valuesConfig: {
    TRIALING: { description: "Free of charge, with unlimited usage, until trialEndsAt." },
    ACTIVE: { description: "In force." },
    PAST_DUE: { description: "A payment failed; access stays for a while." },
    PAUSED: { description: "No fee, and no usage is accepted." },
    CANCELED: { description: "Ended." },
  },
});

type Shown =
  | "id"
  | "status"
  | "startedAt"
  | "currentPeriodStart"
  | "currentPeriodEnd"
  | "trialEndsAt"
  | "trialUsed"
  | "cancelAt";

@ObjectType("Subscription", {
  description:
    "One organization's agreement to one plan version: exactly one at any time, Free when nothing else was agreed.",
})
export class SubscriptionType implements Pick<CurrentSubscription, Shown> {
  @Field(() => ID) readonly id!: string;
  @Field(() => SubscriptionStatusEnum) readonly status!: CurrentSubscription["status"];
  @Field(() => DateTimeScalar) readonly startedAt!: Date;
  @Field(() => DateTimeScalar, { description: "The period includes this instant." }) readonly currentPeriodStart!: Date;
  @Field(() => DateTimeScalar, { description: "The period excludes this instant; the next one includes it." })
  readonly currentPeriodEnd!: Date;
  @Field(() => DateTimeScalar, { nullable: true }) readonly trialEndsAt!: Date | null;
  @Field(() => Boolean, { description: "True once the organization had its one trial." }) readonly trialUsed!: boolean;
  @Field(() => DateTimeScalar, { nullable: true, description: "When a scheduled cancellation takes effect." })
  readonly cancelAt!: Date | null;
}

@ObjectType("PriceOverride", { description: "A price of one customer's own, in place of the plan's." })
export class PriceOverrideType {
  @Field(() => ID) readonly id!: string;
  @Field(() => MeterPriceType) readonly price!: MeterPriceType;
  @Field(() => String) readonly note!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
}

@ObjectType("TrialAlreadyUsed", { implements: RefusalType, description: "The organization had its one trial." })
class TrialAlreadyUsedType extends RefusalType {}

@ObjectType("AlreadyOnPlan", { implements: RefusalType, description: "The organization is on the plan already." })
export class AlreadyOnPlanType extends RefusalType {}

@ObjectType("PriceTooLow", { implements: RefusalType, description: "The agreed price is below what the plan allows." })
class PriceTooLowType extends RefusalType {}

@InputType("StartTrialInput", { description: "The plan to try." })
export class StartTrialInput {
  @Field(() => PlanCodeEnum, { description: "STARTER or PROFESSIONAL." }) readonly plan!: PlanCode;
}

@InputType("AgreePlanInput", { description: "What was agreed with one organization." })
export class AgreePlanInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => PlanCodeEnum) readonly plan!: PlanCode;
  @Field(() => DecimalScalar, { description: "Whole cents; ENTERPRISE at least 2499.00." })
  readonly monthlyPrice!: string;
}

@InputType("SetPriceOverrideInput", { description: "One organization's own price, and why." })
export class SetPriceOverrideInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => PriceInput) readonly price!: PriceInput;
  @Field(() => String, { description: "Why, for the audit log." }) readonly note!: string;
}

@InputType("RemovePriceOverrideInput", { description: "The price that ends." })
export class RemovePriceOverrideInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => ID) readonly id!: string;
}

export const StartTrialResult = createUnionType({
  name: "StartTrialResult",
  description: "The subscription on trial, or why not.",
  types: () => [SubscriptionType, TrialAlreadyUsedType, AlreadyOnPlanType] as const,
  resolveType: byName("Subscription"),
});

export const AgreePlanResult = createUnionType({
  name: "AgreePlanResult",
  description: "The subscription on its new plan, or why not.",
  types: () => [SubscriptionType, PriceTooLowType] as const,
  resolveType: byName("Subscription"),
});

export const SetPriceOverrideResult = createUnionType({
  name: "SetPriceOverrideResult",
  description: "The subscription with its prices, or what is wrong with the price.",
  types: () => [SubscriptionType, InvalidCatalogType] as const,
  resolveType: byName("Subscription"),
});

export const RemovePriceOverrideResult = createUnionType({
  name: "RemovePriceOverrideResult",
  description: "The subscription with its prices.",
  types: () => [SubscriptionType] as const,
  resolveType: byName("Subscription"),
});
