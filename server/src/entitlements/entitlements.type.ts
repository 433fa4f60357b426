import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ComplexityEnum } from "../catalog/plan.type.ts";
import { byName } from "../platform/graphql/answering.ts";
import { connectionType } from "../platform/graphql/connection.ts";
import { MoneyType, RefusalType } from "../platform/graphql/money.type.ts";
import { BigIntScalar, DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.ts";
import type { Complexity } from "../rating/rate-card.ts";
import { UsageEventInput, UsageOutcomeType } from "../usage/record-usage.type.ts";
import { UsageActionEnum } from "../usage/usage.type.ts";
import type { UsageAction } from "../usage/usage-event.ts";
import type { EntitlementUse } from "./read-entitlements.ts";

export const HoldStateEnum = {
  PLACED: "PLACED",
  SETTLED: "SETTLED",
  RELEASED: "RELEASED",
  EXPIRED: "EXPIRED",
} as const;
registerEnumType(HoldStateEnum, {
  name: "HoldState",
  description: "Where a hold stands. It ends once.",
  valuesConfig: {
    PLACED: { description: "Its units are kept back." },
    SETTLED: { description: "The work was done; its event counts instead." },
    RELEASED: { description: "Given back by who placed it." },
    EXPIRED: { description: "Gave itself back when its time was over." },
  },
});

@InputType("AuthorizeUsageInput", { description: "Work that is about to start." })
export class AuthorizeUsageInput {
  @Field(() => ID, {
    nullable: true,
    description: "With a service key: who wants to start it. With an organization's key it is left out.",
  })
  readonly organizationId?: string | null;
  @Field(() => UsageActionEnum) readonly action!: UsageAction;
  @Field(() => ComplexityEnum, { nullable: true, description: "Required for GENERATION." })
  readonly complexity?: Complexity | null;
  @Field(() => String, {
    nullable: true,
    description: "The language model; premium classes are estimated with their factor.",
  })
  readonly model?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: "API calls, a whole number; 1 when left out." })
  readonly quantity?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: "How long the work is expected to take: past the first minute it needs compute minutes too.",
  })
  readonly computeTimeMs?: number | null;
  @Field(() => BigIntScalar, { nullable: true, description: "For STORAGE: the level that would stand from now on." })
  readonly storageBytes?: bigint | number | null;
  @Field(() => [String], { nullable: true, description: "Entitlements that the work needs, such as custom_models." })
  readonly requires?: string[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "true: keep the units back until settled, released or expired.",
  })
  readonly hold?: boolean | null;
  @Field(() => Int, { nullable: true, description: "1 to 86400; 300 when left out." })
  readonly holdSeconds?: number | null;
}

@ObjectType("Hold", { description: "Units kept back for one piece of work before it began." })
export class HoldType {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly expiresAt!: Date;
  @Field(() => HoldStateEnum) readonly state!: string;
  @Field(() => UsageActionEnum) readonly action!: UsageAction;
  @Field(() => ComplexityEnum, { nullable: true }) readonly complexity!: Complexity | null;
  @Field(() => String, { nullable: true }) readonly model!: string | null;
  @Field(() => DecimalScalar, { description: "Generations or calls kept back." }) readonly quantity!: string;
  @Field(() => DecimalScalar, { description: "Compute minutes kept back." }) readonly computeMinutes!: string;
  @Field(() => MoneyType, { description: "What the work was estimated to cost." }) readonly estimatedAmount!: MoneyType;
  @Field(() => DateTimeScalar) readonly placedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was settled, released or expired." })
  readonly endedAt!: Date | null;
  @Field(() => String, { nullable: true, description: "The visible start of the key that placed it." })
  readonly keyPrefix!: string | null;
}

export const HoldConnectionType = connectionType("HoldConnection", () => HoldType);

@ObjectType("UsageDecision", { description: "May this work start, and how things stand." })
export class UsageDecisionType {
  @Field(() => Boolean) readonly allowed!: boolean;
  @Field(() => String, {
    nullable: true,
    description:
      "Why not: SUBSCRIPTION_INACTIVE, NOT_ENTITLED, QUOTA_EXCEEDED, SPENDING_CAP or RATE_LIMITED. null when allowed.",
  })
  readonly reason!: string | null;
  @Field(() => String, { nullable: true, description: "The reason in a sentence, with the way on." })
  readonly message!: string | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Left of the allowance of the action's meter after this answer, holds taken off; null: unlimited.",
  })
  readonly remaining!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When the allowance begins anew." })
  readonly resetAt!: Date | null;
  @Field(() => Int, { nullable: true, description: "When RATE_LIMITED: ask again after so many seconds." })
  readonly retryAfterSeconds!: number | null;
  @Field(() => MoneyType, { nullable: true, description: "What the work would cost; zero while it is included." })
  readonly estimatedAmount!: MoneyType | null;
  @Field(() => HoldType, { nullable: true }) readonly hold!: HoldType | null;
}

@InputType("SettleHoldInput", { description: "The work as it was really done." })
export class SettleHoldInput {
  @Field(() => ID, { nullable: true, description: "With a service key: whose hold it is." })
  readonly organizationId?: string | null;
  @Field(() => ID) readonly holdId!: string;
  @Field(() => UsageEventInput, {
    description: "Of the hold's action; tier, model, tokens and compute are what they turned out to be.",
  })
  readonly event!: UsageEventInput;
}

@InputType("ReleaseHoldInput", { description: "A hold whose work does not start." })
export class ReleaseHoldInput {
  @Field(() => ID, { nullable: true, description: "With a service key: whose hold it is." })
  readonly organizationId?: string | null;
  @Field(() => ID) readonly holdId!: string;
}

@ObjectType("HoldExpired", {
  implements: RefusalType,
  description: "The hold has ended otherwise; the message says how and when. Nothing was changed.",
})
class HoldExpiredType extends RefusalType {}

export const SettleHoldResult = createUnionType({
  name: "SettleHoldResult",
  description: "What became of the event, or that the hold had ended.",
  types: () => [UsageOutcomeType, HoldExpiredType] as const,
  resolveType: byName("UsageOutcome"),
});

export const ReleaseHoldResult = createUnionType({
  name: "ReleaseHoldResult",
  description: "The hold, released, or that it had ended otherwise.",
  types: () => [HoldType, HoldExpiredType] as const,
  resolveType: byName("Hold"),
});

@ObjectType("EntitlementUse", {
  description: "A right of an organization under the plan in force, and how much of it is in use.",
})
export class EntitlementUseType implements Omit<EntitlementUse, "organizationId"> {
  @Field(() => String) readonly key!: string;
  @Field(() => Boolean) readonly enabled!: boolean;
  @Field(() => DecimalScalar, { nullable: true, description: "null: unlimited, or not a matter of numbers." })
  readonly limit!: string | null;
  @Field(() => String, { nullable: true, description: "The word a choice stands at, e.g. basic or all." })
  readonly value!: string | null;
  @Field(() => BigIntScalar, { nullable: true, description: "As it was reported last; null: never reported." })
  readonly used!: bigint | null;
  @Field(() => BigIntScalar, { nullable: true, description: "null where there is no limit." })
  readonly remaining!: bigint | null;
}

@InputType("EntitlementQuestion", { description: "One right of one organization." })
export class EntitlementQuestionInput {
  @Field(() => ID, { nullable: true, description: "With a service key: whose right it is." })
  readonly organizationId?: string | null;
  @Field(() => String, { description: "Such as custom_models or active_projects." }) readonly key!: string;
}

@InputType("ReportEntitlementLevelInput", { description: "How much of a limited right is in use from now on." })
export class ReportEntitlementLevelInput {
  @Field(() => ID, { nullable: true, description: "With a service key: whose right it is." })
  readonly organizationId?: string | null;
  @Field(() => String, { description: "Such as active_projects." }) readonly key!: string;
  @Field(() => BigIntScalar, { description: "The level, from 0." }) readonly level!: bigint | number;
}

@ObjectType("Spending", {
  description: "What usage costs in the current period against its cap. The plan's fee is no part of it.",
})
export class SpendingType {
  @Field(() => MoneyType, { nullable: true, description: "null: no cap." }) readonly cap!: MoneyType | null;
  @Field(() => MoneyType, { description: "Rated usage so far, exactly; storage as if its level stood to the end." })
  readonly spent!: MoneyType;
  @Field(() => MoneyType, { description: "Estimated price of work that holds keep units for." })
  readonly held!: MoneyType;
  @Field(() => Boolean, { description: "True when no work that costs something may start." })
  readonly reached!: boolean;
  @Field(() => DateTimeScalar, { description: "When the period ends and spending begins anew." })
  readonly resetAt!: Date;
}

@InputType("SetSpendingCapInput", { description: "The most that usage may cost in a billing period." })
export class SetSpendingCapInput {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Dollars in whole cents, e.g. 50.00; null takes the cap away.",
  })
  readonly cap?: string | null;
}

@ObjectType("UsageAlert", {
  description:
    "That usage of a period reached a part of an allowance or of the spending cap. Once for each part of a period.",
})
export class UsageAlertType {
  @Field(() => ID) readonly id!: string;
  @Field(() => String, { description: "generations, api_calls, storage, compute, or spending_cap." })
  readonly subject!: string;
  @Field(() => Int, { description: "50, 80 or 100." }) readonly percent!: number;
  @Field(() => DateTimeScalar) readonly at!: Date;
  @Field(() => DecimalScalar, { description: "As it stood then: in the meter's unit, or dollars." })
  readonly used!: string;
  @Field(() => DecimalScalar) readonly limit!: string;
  @Field(() => Boolean, { description: "True when it is of the period that is open." }) readonly current!: boolean;
}
