import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { ComplexityEnum } from "../catalog/plan.type.ts";
import { byName } from "../platform/graphql/answering.ts";
import { RefusalType } from "../platform/graphql/money.type.ts";
import { BigIntScalar, DateTimeScalar, DecimalScalar, JsonScalar } from "../platform/graphql/scalars.ts";
import type { Complexity } from "../rating/rate-card.ts";
import type { UsageAction } from "./usage-event.ts";
import { UsageActionEnum, UsageEventType, UsageStatusEnum } from "./usage.type.ts";

@InputType("UsageEventInput", { description: "One fact. Sending it again under the same key is safe." })
export class UsageEventInput {
  @Field(() => String, { description: "1 to 255 characters, unique in the organization for ever." })
  readonly idempotencyKey!: string;
  @Field(() => UsageActionEnum) readonly action!: UsageAction;
  @Field(() => ComplexityEnum, { nullable: true, description: "Required for GENERATION." })
  readonly complexity?: Complexity | null;
  @Field(() => String, {
    nullable: true,
    description: "The language model. GPT-4 and Claude-3 classes pay the premium factor.",
  })
  readonly model?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: "API calls, a whole number; 1 when left out." })
  readonly quantity?: string | null;
  @Field(() => Int, { nullable: true, description: "Of the whole task; the first minute is free." })
  readonly computeTimeMs?: number | null;
  @Field(() => Int, { nullable: true }) readonly tokensUsed?: number | null;
  @Field(() => BigIntScalar, { nullable: true, description: "The level from now on, for STORAGE." })
  readonly storageBytes?: bigint | number | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Cost of goods in dollars, when known." }) readonly cost?:
    | string
    | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Up to 35 days back and 5 minutes ahead; now when left out.",
  })
  readonly occurredAt?: Date | null;
  @Field(() => ID, { nullable: true }) readonly userId?: string | null;
  @Field(() => String, { nullable: true }) readonly projectId?: string | null;
  @Field(() => Boolean, { nullable: true, description: "A GENERATION that failed: recorded and costed, not billed." })
  readonly failed?: boolean | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: "A JSON object of at most 8,192 characters, kept with the event.",
  })
  readonly metadata?: unknown;
}

@InputType("RecordUsageInput", { description: "Facts of one organization." })
export class RecordUsageInput {
  @Field(() => ID, {
    nullable: true,
    description: "With a service key: whose usage it is. With an organization's key it is left out.",
  })
  readonly organizationId?: string | null;
  @Field(() => [UsageEventInput], { description: "1 to 1,000 events." }) readonly events!: UsageEventInput[];
}

@ObjectType("UsageOutcome", { description: "What became of one reported event." })
export class UsageOutcomeType {
  @Field(() => String) readonly idempotencyKey!: string;
  @Field(() => UsageStatusEnum) readonly status!: string;
  @Field(() => String, { nullable: true, description: "Why it was refused, and what would be right." })
  readonly reason!: string | null;
}

@ObjectType("RecordUsagePayload", { description: "What became of the events of one call." })
export class RecordUsagePayloadType {
  @Field(() => Int) readonly accepted!: number;
  @Field(() => Int) readonly duplicates!: number;
  @Field(() => Int, { description: "Conflicts and rejected events." }) readonly rejected!: number;
  @Field(() => [UsageOutcomeType], { description: "In the order of the input." })
  readonly outcomes!: UsageOutcomeType[];
}

@InputType("VoidUsageInput", { description: "The event that was wrong, and why." })
export class VoidUsageInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => String) readonly idempotencyKey!: string;
  @Field(() => String, { description: "Why the event is wrong; kept with it." }) readonly reason!: string;
}

@ObjectType("AlreadyVoided", { implements: RefusalType, description: "The event was voided before; it stays voided." })
class AlreadyVoidedType extends RefusalType {}

export const VoidUsageResult = createUnionType({
  name: "VoidUsageResult",
  description: "The event, voided, or that it was voided before.",
  types: () => [UsageEventType, AlreadyVoidedType] as const,
  resolveType: byName("UsageEvent"),
});
