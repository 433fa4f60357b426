import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ComplexityEnum, LimitKindEnum } from "../catalog/plan.type.ts";
import { MoneyType } from "../platform/graphql/money.type.ts";
import { BigIntScalar, DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.ts";
import { connectionType } from "../platform/graphql/connection.ts";
import type { Complexity } from "../rating/rate-card.ts";
import type { UsageAction } from "./usage-event.ts";
import type { UsageEventRating } from "./event-rating.ts";

export const UsageActionEnum = {
  GENERATION: "GENERATION",
  VALIDATION: "VALIDATION",
  EXPORT: "EXPORT",
  API_CALL: "API_CALL",
  STORAGE: "STORAGE",
} as const;
registerEnumType(UsageActionEnum, {
  name: "UsageAction",
  description: "What was done.",
  valuesConfig: {
    GENERATION: { description: "Feeds generations, and compute past the first minute. Needs its complexity." },
    VALIDATION: { description: "Feeds compute past the first minute." },
    EXPORT: { description: "Feeds compute past the first minute." },
    API_CALL: { description: "Feeds api_calls by its quantity." },
    STORAGE: { description: "Sets the level of stored bytes, which stands until it is changed." },
  },
});

export const UsageStatusEnum = {
  ACCEPTED: "ACCEPTED",
  DUPLICATE: "DUPLICATE",
  CONFLICT: "CONFLICT",
  REJECTED: "REJECTED",
} as const;
registerEnumType(UsageStatusEnum, {
  name: "UsageStatus",
  description: "What became of a reported event.",
  valuesConfig: {
    ACCEPTED: { description: "Stored and rated; it survives any crash." },
    DUPLICATE: { description: "The same event was accepted before; nothing changed. Retrying is safe." },
    CONFLICT: { description: "Another event was accepted under this key; this one was not stored." },
    REJECTED: { description: "Not stored; the reason says what would be right. The key may be used again." },
  },
});

export const UsageEventRatingEnum = {
  INCLUDED: "INCLUDED",
  BILLABLE: "BILLABLE",
  OVER_LIMIT: "OVER_LIMIT",
  TRIAL: "TRIAL",
  FAILED: "FAILED",
  VOIDED: "VOIDED",
} as const;
registerEnumType(UsageEventRatingEnum, {
  name: "UsageEventRating",
  description:
    "How an event is rated: the first that applies of VOIDED, FAILED, TRIAL, BILLABLE, OVER_LIMIT, INCLUDED.",
  valuesConfig: {
    INCLUDED: { description: "Within the allowance, or nothing to count." },
    BILLABLE: { description: "At least a part is billed." },
    OVER_LIMIT: { description: "Past a hard limit: recorded, not billed." },
    TRIAL: { description: "From a trial: rated at zero." },
    FAILED: { description: "A failed generation: costed, not billed." },
    VOIDED: { description: "Taken back by a reversing entry." },
  },
});

@ObjectType("ComplexityUsage", { description: "Generations of one complexity." })
export class ComplexityUsageType {
  @Field(() => ComplexityEnum) readonly complexity!: Complexity;
  @Field(() => DecimalScalar) readonly quantity!: string;
  @Field(() => MoneyType) readonly amount!: MoneyType;
}

@ObjectType("MeterUsage", { description: "What one meter counted. quantity = included + billable + overLimit." })
export class MeterUsageType {
  @Field(() => String) readonly meter!: string;
  @Field(() => String, { description: "generation, call, GB-month or minute." }) readonly unit!: string;
  @Field(() => DecimalScalar) readonly quantity!: string;
  @Field(() => DecimalScalar, { description: "Within the allowance." }) readonly included!: string;
  @Field(() => DecimalScalar) readonly billable!: string;
  @Field(() => DecimalScalar, { description: "Recorded past a hard limit, not billed." }) readonly overLimit!: string;
  @Field(() => MoneyType, { description: "Exact, not rounded: the sum of the events' amounts." })
  readonly amount!: MoneyType;
  @Field(() => MoneyType, { description: "Given back for voided usage of closed periods; not part of amount." })
  readonly credit!: MoneyType;
  @Field(() => Boolean, { description: "Storage while its period is open: as if the present level stood to the end." })
  readonly estimated!: boolean;
  @Field(() => BigIntScalar, { nullable: true, description: "Storage: the level at this moment." })
  readonly currentBytes!: bigint | null;
  @Field(() => [ComplexityUsageType]) readonly byComplexity!: ComplexityUsageType[];
}

@ObjectType("UsageSummary", { description: "Usage of a span of time, by meter." })
export class UsageSummaryType {
  @Field(() => DateTimeScalar) readonly periodStart!: Date;
  @Field(() => DateTimeScalar, { description: "Not part of the span." }) readonly periodEnd!: Date;
  @Field(() => [MeterUsageType]) readonly meters!: MeterUsageType[];
  @Field(() => MoneyType, {
    description: "As on an invoice: each meter rounded half up to the cent once, then added; credits taken off.",
  })
  readonly total!: MoneyType;
  @Field(() => DateTimeScalar, { description: "How far the figures reach." }) readonly asOf!: Date;
}

@ObjectType("MeterDay", { description: "One meter, and complexity where it has one, on one day." })
export class MeterDayType {
  @Field(() => String) readonly meter!: string;
  @Field(() => ComplexityEnum, { nullable: true }) readonly complexity!: string | null;
  @Field(() => DecimalScalar) readonly quantity!: string;
  @Field(() => DecimalScalar) readonly billable!: string;
  @Field(() => MoneyType) readonly amount!: MoneyType;
  @Field(() => Int) readonly events!: number;
}

@ObjectType("UsageDay", { description: "One UTC day that has usage, by when it occurred." })
export class UsageDayType {
  @Field(() => DateTimeScalar, { description: "Midnight UTC at which the day begins." }) readonly day!: Date;
  @Field(() => [MeterDayType]) readonly meters!: MeterDayType[];
  @Field(() => MoneyType, { description: "Exact." }) readonly total!: MoneyType;
}

@ObjectType("Quota", { description: "A meter's allowance in the current period." })
export class QuotaType {
  @Field(() => String) readonly meter!: string;
  @Field(() => String) readonly unit!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "null: unlimited." }) readonly limit!: string | null;
  @Field(() => DecimalScalar, { description: "May be above the limit." }) readonly used!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "Zero or more; null: unlimited." }) readonly remaining!:
    | string
    | null;
  @Field(() => DateTimeScalar) readonly resetAt!: Date;
  @Field(() => LimitKindEnum) readonly limitKind!: string;
  @Field(() => Boolean, { description: "True for storage while the period is open." }) readonly estimated!: boolean;
}

@ObjectType("BillingPeriod", { description: "What is invoiced together." })
export class BillingPeriodType {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly start!: Date;
  @Field(() => DateTimeScalar, { description: "Not part of the period." }) readonly end!: Date;
  @Field(() => Boolean) readonly open!: boolean;
  @Field(() => Boolean) readonly trial!: boolean;
}

@ObjectType("RatingAdjustment", {
  description: "A change to an event's rating after it was accepted, as a difference.",
})
export class RatingAdjustmentType {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly at!: Date;
  @Field(() => String) readonly reason!: string;
  @Field(() => DecimalScalar) readonly included!: string;
  @Field(() => DecimalScalar) readonly billable!: string;
  @Field(() => MoneyType) readonly amount!: MoneyType;
}

@ObjectType("MeterRating", {
  description: "How one meter's part of an event is rated: quantity = included + billable + overLimit.",
})
export class MeterRatingType {
  @Field(() => String) readonly meter!: string;
  @Field(() => String) readonly unit!: string;
  @Field(() => DecimalScalar) readonly quantity!: string;
  @Field(() => DecimalScalar, { description: "Units of the period that came before this event." })
  readonly usedBefore!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "The allowance; null: unlimited." }) readonly allowance!:
    | string
    | null;
  @Field(() => DecimalScalar) readonly included!: string;
  @Field(() => DecimalScalar) readonly billable!: string;
  @Field(() => DecimalScalar) readonly overLimit!: string;
  @Field(() => MoneyType, {
    nullable: true,
    description: "Before the multiplier; null where nothing is billed or the price model has no single unit price.",
  })
  readonly unitPrice!: MoneyType | null;
  @Field(() => DecimalScalar, { description: "Factor of the model class." }) readonly multiplier!: string;
  @Field(() => MoneyType, { description: "Exact." }) readonly amount!: MoneyType;
  @Field(() => [RatingAdjustmentType], {
    description: "Corrections since it was accepted; the figures above hold them.",
  })
  readonly adjustments!: RatingAdjustmentType[];
}

@ObjectType("UsageEvent", { description: "One immutable fact: what was done, when, and how it was rated." })
export class UsageEventType {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly idempotencyKey!: string;
  @Field(() => UsageActionEnum) readonly action!: UsageAction;
  @Field(() => ComplexityEnum, { nullable: true }) readonly complexity!: Complexity | null;
  @Field(() => String, { nullable: true }) readonly model!: string | null;
  @Field(() => Int, { nullable: true }) readonly tokensUsed!: number | null;
  @Field(() => Int, { nullable: true }) readonly computeTimeMs!: number | null;
  @Field(() => BigIntScalar, { nullable: true, description: "The level from then on, of a STORAGE event." })
  readonly storageBytes!: bigint | null;
  @Field(() => DateTimeScalar) readonly occurredAt!: Date;
  @Field(() => DateTimeScalar) readonly recordedAt!: Date;
  @Field(() => Boolean, { description: "It came after its period was closed and counts in the one that was open." })
  readonly late!: boolean;
  @Field(() => Boolean) readonly trial!: boolean;
  @Field(() => Boolean) readonly failed!: boolean;
  @Field(() => ID, { nullable: true }) readonly userId!: string | null;
  @Field(() => String, { nullable: true }) readonly projectId!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The visible start of the key that reported it; null for events from before this was kept.",
  })
  readonly keyPrefix!: string | null;
}

@ObjectType("RejectedUsage", { description: "An attempt that was refused. Kept for 30 days." })
export class RejectedUsageType {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly at!: Date;
  @Field(() => String) readonly idempotencyKey!: string;
  @Field(() => UsageStatusEnum) readonly status!: "CONFLICT" | "REJECTED";
  @Field(() => String) readonly reason!: string;
  @Field(() => UsageActionEnum, { nullable: true }) readonly action!: UsageAction | null;
  @Field(() => String, { nullable: true, description: "The key that sent it." }) readonly keyPrefix!: string | null;
}

export const UsageEventConnectionType = connectionType("UsageEventConnection", () => UsageEventType);
export const RejectedUsageConnectionType = connectionType("RejectedUsageConnection", () => RejectedUsageType);

@InputType("UsageEventFilter", { description: "Which events; conditions are joined by and." })
export class UsageEventFilterInput {
  @Field(() => UsageActionEnum, { nullable: true }) readonly action?: UsageAction | null;
  @Field(() => ComplexityEnum, { nullable: true }) readonly complexity?: Complexity | null;
  @Field(() => UsageEventRatingEnum, { nullable: true }) readonly rating?: UsageEventRating | null;
  @Field(() => Boolean, { nullable: true }) readonly late?: boolean | null;
  @Field(() => String, { nullable: true, description: "Only events that this meter billed, as on an invoice line." })
  readonly meter?: string | null;
  @Field(() => String, { nullable: true, description: "The start of the idempotency key." }) readonly search?:
    | string
    | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Occurred at or after." }) readonly from?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Occurred before." }) readonly to?: Date | null;
}
