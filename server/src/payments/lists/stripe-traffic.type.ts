import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection.ts";
import { DateTimeScalar, JsonScalar } from "../../platform/graphql/scalars.ts";

export const StripeEventStateEnum = {
  RECEIVED: "RECEIVED",
  HANDLED: "HANDLED",
  IGNORED: "IGNORED",
  QUARANTINED: "QUARANTINED",
  FAILED: "FAILED",
} as const;
export type StripeEventState = keyof typeof StripeEventStateEnum;
registerEnumType(StripeEventStateEnum, {
  name: "StripeEventState",
  description: "What became of a webhook event.",
  valuesConfig: {
    RECEIVED: { description: "Waits to be worked, or to be tried again." },
    HANDLED: { description: "Its object was read again." },
    IGNORED: { description: "Without effect here, by design." },
    QUARANTINED: { description: "About nobody's object, or of another API version: it changed nothing." },
    FAILED: { description: "Given up after many tries." },
  },
});

export const StripeCallStateEnum = { PENDING: "PENDING", DONE: "DONE", REFUSED: "REFUSED", FAILED: "FAILED" } as const;
export type StripeCallState = keyof typeof StripeCallStateEnum;
registerEnumType(StripeCallStateEnum, {
  name: "StripeCallState",
  description: "What became of a call to Stripe.",
  valuesConfig: {
    PENDING: { description: "Decided, and to be made or repeated." },
    DONE: { description: "Answered." },
    REFUSED: { description: "Stripe said no, and would say it again." },
    FAILED: { description: "Given up." },
  },
});

@ObjectType("StripeEvent", { description: "A webhook event as it came: a hint that its object changed." })
export class StripeEventType {
  @Field(() => ID, { description: "Stripe's id." }) readonly id!: string;
  @Field(() => String) readonly type!: string;
  @Field(() => String, { nullable: true }) readonly apiVersion!: string | null;
  @Field(() => String, { description: "Stripe's word for the kind of object." }) readonly objectKind!: string;
  @Field(() => String) readonly objectId!: string;
  @Field(() => StripeEventStateEnum) readonly state!: StripeEventState;
  @Field(() => Int) readonly attempts!: number;
  @Field(() => String, { nullable: true }) readonly lastError!: string | null;
  @Field(() => DateTimeScalar, { description: "At Stripe." }) readonly createdAt!: Date;
  @Field(() => DateTimeScalar) readonly receivedAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it is due, while it waits." }) readonly nextTryAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true }) readonly handledAt!: Date | null;
}

export const StripeEventConnectionType = connectionType("StripeEventConnection", () => StripeEventType);

@ObjectType("StripeCall", { description: "A call to Stripe: decided together with its cause, made afterwards." })
export class StripeCallType {
  @Field(() => ID) readonly id!: string;
  @Field(() => String, { description: "What it does, such as invoice.finalize." }) readonly kind!: string;
  @Field(() => String, { description: "Names the intent: the same one is one call, for ever." }) readonly key!: string;
  @Field(() => JsonScalar) readonly params!: unknown;
  @Field(() => StripeCallStateEnum) readonly state!: StripeCallState;
  @Field(() => Int) readonly attempts!: number;
  @Field(() => String, { nullable: true, description: "Stripe's words, or what was in the way." })
  readonly lastError!: string | null;
  @Field(() => String, { nullable: true, description: "The id at Stripe of what came of it." })
  readonly resultId!: string | null;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it is due, while it waits." }) readonly nextTryAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true }) readonly doneAt!: Date | null;
}

export const StripeCallConnectionType = connectionType("StripeCallConnection", () => StripeCallType);

@InputType("RetryStripeEventInput", { description: "The event whose object is read again." })
export class RetryStripeEventInput {
  @Field(() => ID) readonly id!: string;
}

@InputType("RetryStripeCallInput", { description: "The call that is made again." })
export class RetryStripeCallInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => ID) readonly id!: string;
}
