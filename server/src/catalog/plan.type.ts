import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.ts";
import { MoneyType, RefusalType } from "../platform/graphql/money.type.ts";

/** Enum names as the API spells them; values as they are stored. */
export const PlanCodeEnum = {
  FREE: "free",
  STARTER: "starter",
  PROFESSIONAL: "professional",
  ENTERPRISE: "enterprise",
} as const;
registerEnumType(PlanCodeEnum, { name: "PlanCode", description: "The plans on sale." });

export const LimitKindEnum = { HARD: "hard", OVERAGE: "overage", NONE: "none" } as const;
registerEnumType(LimitKindEnum, {
  name: "LimitKind",
  description: "What happens past the allowance.",
  valuesConfig: {
    HARD: { description: "New work is refused; what is recorded all the same is not billed." },
    OVERAGE: { description: "Billed at the period's end." },
    NONE: { description: "There is nothing past it." },
  },
});

export const PriceModelKindEnum = {
  FLAT: "flat",
  PER_UNIT: "perUnit",
  GRADUATED: "graduated",
  VOLUME: "volume",
  PACKAGE: "package",
} as const;
registerEnumType(PriceModelKindEnum, {
  name: "PriceModelKind",
  description: "How a quantity becomes an amount.",
  valuesConfig: {
    FLAT: { description: "One amount for any use at all." },
    PER_UNIT: { description: "The same price for each unit." },
    GRADUATED: { description: "Each tier has its own price, for the units that fall into it." },
    VOLUME: { description: "The tier that holds the whole quantity prices all of it." },
    PACKAGE: { description: "Started packages are paid in full." },
  },
});

export const ComplexityEnum = { T0: "T0", T1: "T1", T2: "T2", T3: "T3" } as const;
registerEnumType(ComplexityEnum, { name: "Complexity", description: "How complex generated code is, from T0 to T3." });

@ObjectType("Allowance", { description: "What a period includes of one meter." })
export class AllowanceType {
  @Field(() => String, { description: "generations, api_calls, storage or compute." }) readonly meter!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "In the meter's unit; null: unlimited." })
  readonly quantity!: string | null;
}

@ObjectType("PriceTier", { description: "A band of a graduated or volume price." })
export class PriceTierType {
  @Field(() => DecimalScalar, { nullable: true, description: "Up to and including this quantity; null: no end." })
  readonly upTo!: string | null;
  @Field(() => MoneyType) readonly unitPrice!: MoneyType;
}

@ObjectType("MeterPrice", { description: "The price of one meter, or of one complexity of it." })
export class MeterPriceType {
  @Field(() => String) readonly meter!: string;
  @Field(() => ComplexityEnum, { nullable: true, description: "null: for all use of the meter." })
  readonly complexity!: string | null;
  @Field(() => MoneyType, { description: "Of the first unit past the allowance." }) readonly unitPrice!: MoneyType;
  @Field(() => PriceModelKindEnum) readonly model!: string;
  @Field(() => [PriceTierType]) readonly tiers!: PriceTierType[];
  @Field(() => DecimalScalar, { nullable: true, description: "Units of one package." }) readonly packageSize!:
    | string
    | null;
  @Field(() => DecimalScalar, { description: "Factor for premium model classes (GPT-4, Claude-3)." })
  readonly premiumMultiplier!: string;
  @Field(() => String, { description: "What one price pays: generation, call, GB-month or minute." })
  readonly unit!: string;
}

@ObjectType("Entitlement", { description: "A right that a plan grants: on or off, a limit, or a choice." })
export class EntitlementType {
  @Field(() => String) readonly key!: string;
  @Field(() => Boolean) readonly enabled!: boolean;
  @Field(() => DecimalScalar, { nullable: true, description: "null: unlimited, or not a matter of numbers." })
  readonly limit!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The word a choice stands at, e.g. basic or all for integrations.",
  })
  readonly value!: string | null;
}

@ObjectType("RateLimit", { description: "How often an action may be done within a minute." })
export class RateLimitType {
  @Field(() => String) readonly action!: string;
  @Field(() => Int) readonly perMinute!: number;
}

@ObjectType("Plan", { description: "A plan as one of its published versions promises it." })
export class PlanType {
  @Field(() => PlanCodeEnum) readonly code!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => Int, { description: "The number of the published version." }) readonly version!: number;
  @Field(() => MoneyType) readonly monthlyPrice!: MoneyType;
  @Field(() => Boolean, { description: "True when monthlyPrice is the least that is agreed per customer." })
  readonly monthlyPriceIsMinimum!: boolean;
  @Field(() => LimitKindEnum) readonly limitKind!: string;
  @Field(() => String, { description: "community, priority or 24x7." }) readonly support!: string;
  @Field(() => [AllowanceType]) readonly included!: AllowanceType[];
  @Field(() => [MeterPriceType]) readonly prices!: MeterPriceType[];
  @Field(() => [EntitlementType]) readonly entitlements!: EntitlementType[];
  @Field(() => [RateLimitType]) readonly rateLimits!: RateLimitType[];
}

@ObjectType("PlanVersion", { description: "One published edition of a plan. Immutable." })
export class PlanVersionType {
  @Field(() => ID) readonly id!: string;
  @Field(() => Int) readonly number!: number;
  @Field(() => PlanType) readonly plan!: PlanType;
  @Field(() => DateTimeScalar) readonly publishedAt!: Date;
}

@ObjectType("InvalidCatalog", {
  implements: RefusalType,
  description: "The prices or allowances do not fit together; the message says which.",
})
export class InvalidCatalogType extends RefusalType {}
