import { Field, InputType, Int } from "type-graphql";
import { DecimalScalar } from "../platform/graphql/scalars.ts";
import { ComplexityEnum, LimitKindEnum, PlanCodeEnum, PriceModelKindEnum } from "./plan.type.ts";
import type { PlanCode } from "./plan-terms.ts";
import type { Complexity, LimitKind } from "../rating/rate-card.ts";
import type { PriceModel } from "../rating/price-model.ts";

@InputType("PriceTierInput", { description: "A band of a graduated or volume price." })
export class PriceTierInput {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Up to and including this quantity; left out on the last tier.",
  })
  readonly upTo?: string | null;
  @Field(() => DecimalScalar) readonly unitPrice!: string;
}

@InputType("PriceInput", { description: "A price of one meter. Which fields it needs depends on its model." })
export class PriceInput {
  @Field(() => String, { description: "generations, api_calls, storage or compute." }) readonly meter!: string;
  @Field(() => ComplexityEnum, { nullable: true, description: "Generations only; left out: for all." })
  readonly complexity?: Complexity | null;
  @Field(() => PriceModelKindEnum) readonly model!: PriceModel["kind"];
  @Field(() => DecimalScalar, { nullable: true, description: "PER_UNIT." }) readonly unitPrice?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: "FLAT." }) readonly flatPrice?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: "PACKAGE: units of one package." }) readonly packageSize?:
    | string
    | null;
  @Field(() => DecimalScalar, { nullable: true, description: "PACKAGE." }) readonly packagePrice?: string | null;
  @Field(() => [PriceTierInput], {
    nullable: true,
    description: "GRADUATED and VOLUME, rising; the last without upTo.",
  })
  readonly tiers?: PriceTierInput[] | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Factor for premium model classes, one for the whole meter.",
  })
  readonly premiumMultiplier?: string | null;
}

@InputType("AllowanceInput", { description: "What a period includes of one meter." })
export class AllowanceInput {
  @Field(() => String) readonly meter!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "In the meter's unit; left out: unlimited." })
  readonly quantity?: string | null;
}

@InputType("EntitlementInput", { description: "A right that the plan grants." })
export class EntitlementInput {
  @Field(() => String) readonly key!: string;
  @Field(() => Boolean, { nullable: true, description: "True when left out." }) readonly enabled?: boolean | null;
  @Field(() => DecimalScalar, { nullable: true }) readonly limit?: string | null;
  @Field(() => String, { nullable: true }) readonly value?: string | null;
}

@InputType("RateLimitInput", { description: "How often an action may be done within a minute." })
export class RateLimitInput {
  @Field(() => String) readonly action!: string;
  @Field(() => Int) readonly perMinute!: number;
}

@InputType("PublishPlanVersionInput", { description: "The next version of a plan, complete." })
export class PublishPlanVersionInput {
  @Field(() => PlanCodeEnum) readonly code!: PlanCode;
  @Field(() => String) readonly name!: string;
  @Field(() => DecimalScalar) readonly monthlyPrice!: string;
  @Field(() => Boolean, { nullable: true }) readonly monthlyPriceIsMinimum?: boolean | null;
  @Field(() => LimitKindEnum) readonly limitKind!: LimitKind;
  @Field(() => String) readonly support!: string;
  @Field(() => [AllowanceInput], { description: "One for each meter." }) readonly included!: AllowanceInput[];
  @Field(() => [PriceInput], { description: "At least one for each meter." }) readonly prices!: PriceInput[];
  @Field(() => [EntitlementInput]) readonly entitlements!: EntitlementInput[];
  @Field(() => [RateLimitInput]) readonly rateLimits!: RateLimitInput[];
}
