import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../platform/graphql/connection.ts";
import { RefusalType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import type { StoredDelivery } from "./stored-delivery.ts";
import { chosenEvents } from "./webhook-event.ts";
import { DeliveryState, type WebhookEndpoint } from "./webhook.entity.ts";

registerEnumType(DeliveryState, {
  name: "WebhookDeliveryState",
  description: "Where a message is on its way to one endpoint.",
  valuesConfig: {
    PENDING: { description: "Its next try waits or runs." },
    DELIVERED: { description: "The endpoint answered with a code from 200 to 299." },
    FAILED: { description: "All tries were made, or the endpoint was switched off; it can be sent again." },
  },
});
export { DeliveryState as WebhookDeliveryStateEnum };

@ObjectType("WebhookDay", { description: "What became of the messages of the last 24 hours." })
export class WebhookDayType {
  @Field(() => Int) readonly delivered!: number;
  @Field(() => Int) readonly failed!: number;
  @Field(() => Int) readonly waiting!: number;
}

type ShownOfEndpoint = "id" | "url" | "description" | "createdAt";

@ObjectType("WebhookEndpoint", {
  description:
    "Where an organization takes news of what happens to it: messages by POST, signed as Standard Webhooks says. All times are real ones.",
})
export class WebhookEndpointType implements Pick<WebhookEndpoint, ShownOfEndpoint> {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly url!: string;
  @Field(() => String) readonly description!: string;
  @Field(() => [String], { description: `Of ${chosenEvents.join(", ")}.` }) readonly events!: WebhookEndpoint["events"];
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "Since when no try has succeeded." })
  readonly failingSince!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Since when nothing is sent to it." })
  readonly disabledAt!: Date | null;
  @Field(() => String, {
    nullable: true,
    description: "switched-off: by a person. failing: nothing reached it for three days. gone: it answered 410.",
  })
  readonly disabledBecause!: string | null;
}

@ObjectType("WebhookHeader", { description: "A header of a request." })
export class WebhookHeaderType {
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly value!: string;
}

@ObjectType("WebhookAttempt", { description: "One try to deliver a message." })
export class WebhookAttemptType {
  @Field(() => Int, { description: "From 1 on." }) readonly number!: number;
  @Field(() => DateTimeScalar) readonly at!: Date;
  @Field(() => Int, { description: "How long the answer took." }) readonly durationMs!: number;
  @Field(() => [WebhookHeaderType], { description: "The request's, with the time and the signature of this try." })
  readonly headers!: WebhookHeaderType[];
  @Field(() => Int, { nullable: true, description: "The answer's code; null when none came." })
  readonly status!: number | null;
  @Field(() => String, { nullable: true, description: "The first 2 KB of the answer's body." })
  readonly answer!: string | null;
  @Field(() => String, { nullable: true, description: "Why it failed; null when it arrived." })
  readonly error!: string | null;
}

type ShownOfDelivery = "id" | "type" | "messageId" | "body" | "state" | "attemptCount" | "createdAt";

@ObjectType("WebhookDelivery", { description: "One message on its way to one endpoint." })
export class WebhookDeliveryType implements Pick<StoredDelivery, ShownOfDelivery> {
  @Field(() => ID) readonly id!: string;
  @Field(() => String, { description: "The event, or webhook.test." }) readonly type!: string;
  @Field(() => String, { description: "What the webhook-id header says: the same in every try." })
  readonly messageId!: string;
  @Field(() => String, { description: "The request's body, as it is sent." }) readonly body!: string;
  @Field(() => DeliveryState) readonly state!: DeliveryState;
  @Field(() => Int) readonly attemptCount!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: "null when there is no further try." })
  readonly nextTryAt!: Date | null;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it arrived, or was given up." })
  readonly endedAt!: Date | null;
}

export const WebhookDeliveryConnectionType = connectionType("WebhookDeliveryConnection", () => WebhookDeliveryType);

@ObjectType("WebhookEndpointSecret", {
  description: "secret verifies the webhook-signature header, with the library of Standard Webhooks for instance.",
})
export class WebhookEndpointSecretType {
  @Field(() => WebhookEndpointType) readonly endpoint!: WebhookEndpointType;
  @Field(() => String) readonly secret!: string;
}

@ObjectType("DeletedWebhookEndpoint", { description: "The endpoint that is gone." })
export class DeletedWebhookEndpointType {
  @Field(() => ID) readonly id!: string;
}

@InputType("CreateWebhookEndpointInput", { description: "Where news go, and which." })
export class CreateWebhookEndpointInput {
  @Field(() => String, { description: "https://..., on the public internet." }) readonly url!: string;
  @Field(() => [String], { description: "At least one, such as invoice.paid." }) readonly events!: string[];
  @Field(() => String, { nullable: true, description: "Up to 200 characters." }) readonly description!: string | null;
}

@InputType("UpdateWebhookEndpointInput", { description: "What changes about an endpoint; what is left out stays." })
export class UpdateWebhookEndpointInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => String, { nullable: true }) readonly url!: string | null;
  @Field(() => [String], { nullable: true }) readonly events!: string[] | null;
  @Field(() => String, { nullable: true }) readonly description!: string | null;
  @Field(() => Boolean, { nullable: true, description: "Whether anything is sent to it." }) readonly enabled!:
    | boolean
    | null;
}

@InputType("DeleteWebhookEndpointInput", { description: "Which endpoint goes, with its log." })
export class DeleteWebhookEndpointInput {
  @Field(() => ID) readonly id!: string;
}

@InputType("RevealWebhookSecretInput", { description: "Which endpoint's secret is told again." })
export class RevealWebhookSecretInput {
  @Field(() => ID) readonly id!: string;
}

@InputType("RotateWebhookSecretInput", {
  description: "Which endpoint gets a new secret, and how long the old one signs beside it.",
})
export class RotateWebhookSecretInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => Int, { nullable: true, description: "0 to 604800; left out: 86400." }) readonly overlapSeconds!:
    | number
    | null;
}

@InputType("TestWebhookEndpointInput", { description: "Which endpoint gets a test message." })
export class TestWebhookEndpointInput {
  @Field(() => ID) readonly id!: string;
}

@InputType("ResendWebhookInput", { description: "Which message goes to its endpoint again." })
export class ResendWebhookInput {
  @Field(() => ID) readonly deliveryId!: string;
}

@ObjectType("WebhookUrlRefused", {
  implements: RefusalType,
  description: "Messages are not sent there: only to https URLs on the public internet.",
})
export class WebhookUrlRefusedType extends RefusalType {}

@ObjectType("UnknownWebhookEvent", { implements: RefusalType, description: "The message lists the events." })
export class UnknownWebhookEventType extends RefusalType {}

@ObjectType("TooManyWebhookEndpoints", { implements: RefusalType, description: "An organization has at most ten." })
export class TooManyWebhookEndpointsType extends RefusalType {}

@ObjectType("WebhookEndpointDisabled", {
  implements: RefusalType,
  description: "Nothing is sent to an endpoint that is off.",
})
export class WebhookEndpointDisabledType extends RefusalType {}
