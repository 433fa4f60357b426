import { Arg, createUnionType, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from "type-graphql";
import { systemClock } from "../kernel/clock.ts";
import type { Organization } from "../organizations/organization.entity.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { answering, byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import { readId } from "../platform/graphql/text.ts";
import { userLoader } from "../users/user.loader.ts";
import { UserType } from "../users/user.type.ts";
import { createWebhookEndpoint } from "./create-webhook-endpoint.ts";
import { deleteWebhookEndpoint } from "./delete-webhook-endpoint.ts";
import { deliveryPage, listEndpoints } from "./list-deliveries.ts";
import { resendWebhook } from "./resend-webhook.ts";
import { revealWebhookSecret } from "./reveal-webhook-secret.ts";
import { rotateWebhookSecret } from "./rotate-webhook-secret.ts";
import { findDelivery, type StoredDelivery } from "./stored-delivery.ts";
import { testWebhookEndpoint } from "./test-webhook-endpoint.ts";
import { updateWebhookEndpoint } from "./update-webhook-endpoint.ts";
import type { DeliveryState, WebhookEndpoint } from "./webhook.entity.ts";
import { attemptsLoader, dayLoader, endpointLoader } from "./webhook.loader.ts";
import {
  TooManyWebhookEndpoints,
  UnknownWebhookEvent,
  WebhookEndpointDisabled,
  WebhookUrlRefused,
} from "./webhook.refusals.ts";
import {
  CreateWebhookEndpointInput,
  DeletedWebhookEndpointType,
  DeleteWebhookEndpointInput,
  ResendWebhookInput,
  RevealWebhookSecretInput,
  RotateWebhookSecretInput,
  TestWebhookEndpointInput,
  TooManyWebhookEndpointsType,
  UnknownWebhookEventType,
  UpdateWebhookEndpointInput,
  WebhookAttemptType,
  WebhookDayType,
  WebhookDeliveryConnectionType,
  WebhookDeliveryStateEnum,
  WebhookDeliveryType,
  WebhookEndpointDisabledType,
  WebhookEndpointSecretType,
  WebhookEndpointType,
  WebhookUrlRefusedType,
} from "./webhook.type.ts";

const CreateWebhookEndpointResult = createUnionType({
  name: "CreateWebhookEndpointResult",
  description: "The endpoint with its secret, or why not.",
  types: () =>
    [WebhookEndpointSecretType, WebhookUrlRefusedType, UnknownWebhookEventType, TooManyWebhookEndpointsType] as const,
  resolveType: byName("WebhookEndpointSecret"),
});

const UpdateWebhookEndpointResult = createUnionType({
  name: "UpdateWebhookEndpointResult",
  description: "The endpoint as it is now, or why not.",
  types: () => [WebhookEndpointType, WebhookUrlRefusedType, UnknownWebhookEventType] as const,
  resolveType: byName("WebhookEndpoint"),
});

const DeleteWebhookEndpointResult = createUnionType({
  name: "DeleteWebhookEndpointResult",
  description: "The endpoint that is gone.",
  types: () => [DeletedWebhookEndpointType] as const,
  resolveType: byName("DeletedWebhookEndpoint"),
});

const RotateWebhookSecretResult = createUnionType({
  name: "RotateWebhookSecretResult",
  description: "The endpoint with its new secret.",
  types: () => [WebhookEndpointSecretType] as const,
  resolveType: byName("WebhookEndpointSecret"),
});

const TestWebhookEndpointResult = createUnionType({
  name: "TestWebhookEndpointResult",
  description: "The test on its way, or why not.",
  types: () => [WebhookDeliveryType, WebhookEndpointDisabledType] as const,
  resolveType: byName("WebhookDelivery"),
});

const ResendWebhookResult = createUnionType({
  name: "ResendWebhookResult",
  description: "The message on its way again, or why not.",
  types: () => [WebhookDeliveryType, WebhookEndpointDisabledType] as const,
  resolveType: byName("WebhookDelivery"),
});

@Resolver(() => WebhookEndpointType)
export class WebhookEndpointResolver {
  @FieldResolver(() => UserType, { nullable: true, description: "null once they have left; the endpoint stays." })
  createdBy(@Root() { createdBy }: WebhookEndpoint, @Ctx() context: Context) {
    return createdBy == null ? null : userLoader(context).load(createdBy);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "Until when messages are signed by the secret before the last rotation too.",
  })
  previousSecretUntil(@Root() { previousUntil }: WebhookEndpoint): Date | null {
    return previousUntil != null && previousUntil > systemClock() ? previousUntil : null;
  }

  @FieldResolver(() => WebhookDayType, { description: "What became of the messages of the last 24 hours." })
  lastDay(@Root() endpoint: WebhookEndpoint, @Ctx() context: Context): Promise<WebhookDayType> {
    return dayLoader(context).load(endpoint);
  }

  @Mutation(() => CreateWebhookEndpointResult, {
    description: "Registers an endpoint of the viewer's organization. Answers its secret.",
  })
  createWebhookEndpoint(
    @Arg("input", () => CreateWebhookEndpointInput) input: CreateWebhookEndpointInput,
    @Ctx() context: Context,
  ) {
    return answering([WebhookUrlRefused, UnknownWebhookEvent, TooManyWebhookEndpoints], () =>
      createWebhookEndpoint(context, input),
    );
  }

  @Mutation(() => UpdateWebhookEndpointResult, {
    description:
      "Changes an endpoint, or switches it off and on. While it is off nothing is sent or kept for it; what waited can be sent again.",
  })
  updateWebhookEndpoint(
    @Arg("input", () => UpdateWebhookEndpointInput) input: UpdateWebhookEndpointInput,
    @Ctx() context: Context,
  ) {
    return answering([WebhookUrlRefused, UnknownWebhookEvent], () => updateWebhookEndpoint(context, input));
  }

  @Mutation(() => DeleteWebhookEndpointResult, { description: "Removes an endpoint with its log." })
  deleteWebhookEndpoint(
    @Arg("input", () => DeleteWebhookEndpointInput) input: DeleteWebhookEndpointInput,
    @Ctx() context: Context,
  ) {
    return deleteWebhookEndpoint(context, input);
  }

  @Mutation(() => RotateWebhookSecretResult, {
    description:
      "A new secret. Messages carry a signature by each of the two for overlapSeconds (default 86400, at most 604800); an older one ends at once.",
  })
  rotateWebhookSecret(
    @Arg("input", () => RotateWebhookSecretInput) input: RotateWebhookSecretInput,
    @Ctx() context: Context,
  ) {
    return rotateWebhookSecret(context, input);
  }

  @Mutation(() => WebhookEndpointSecretType, {
    description: "The present secret of an endpoint once more. Each time stands in the audit log.",
  })
  revealWebhookSecret(
    @Arg("input", () => RevealWebhookSecretInput) input: RevealWebhookSecretInput,
    @Ctx() context: Context,
  ) {
    return revealWebhookSecret(context, input);
  }

  @Mutation(() => TestWebhookEndpointResult, {
    description: "Sends a webhook.test message to an endpoint, once, whatever events it has chosen.",
  })
  testWebhookEndpoint(
    @Arg("input", () => TestWebhookEndpointInput) input: TestWebhookEndpointInput,
    @Ctx() context: Context,
  ) {
    return answering([WebhookEndpointDisabled], () => testWebhookEndpoint(context, input));
  }
}

@Resolver(() => WebhookDeliveryType)
export class WebhookDeliveryResolver {
  @FieldResolver(() => WebhookEndpointType, { nullable: true, description: "null once it was deleted." })
  endpoint(@Root() { organizationId, endpointId: id }: StoredDelivery, @Ctx() context: Context) {
    return endpointLoader(context).load({ organizationId, id });
  }

  @FieldResolver(() => [WebhookAttemptType], { description: "Oldest first." })
  attempts(@Root() delivery: StoredDelivery, @Ctx() context: Context): Promise<WebhookAttemptType[]> {
    return attemptsLoader(context).load(delivery);
  }

  @FieldResolver(() => WebhookAttemptType, { nullable: true, description: "null before the first." })
  async lastAttempt(@Root() delivery: StoredDelivery, @Ctx() context: Context): Promise<WebhookAttemptType | null> {
    return (await attemptsLoader(context).load(delivery)).at(-1) ?? null;
  }

  @Mutation(() => ResendWebhookResult, {
    description:
      "Sends a message to its endpoint again, now, under the same webhook-id; if it fails, it is tried as often as a new one.",
  })
  resendWebhook(@Arg("input", () => ResendWebhookInput) input: ResendWebhookInput, @Ctx() context: Context) {
    return answering([WebhookEndpointDisabled], () => resendWebhook(context, input));
  }
}

@Resolver(() => OrganizationType)
export class OrganizationWebhooksResolver {
  @FieldResolver(() => [WebhookEndpointType], { description: "In the order they were made; at most ten." })
  webhookEndpoints(@Root() { id }: Organization, @Ctx() context: Context): Promise<WebhookEndpoint[]> {
    return listEndpoints(context, id);
  }

  @FieldResolver(() => WebhookDeliveryConnectionType, {
    description: "What was sent to the organization's endpoints in the last 60 days, newest first.",
  })
  webhookDeliveries(
    @Root() { id }: Organization,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("endpointId", () => ID, { nullable: true }) endpointId: string | null,
    @Arg("state", () => WebhookDeliveryStateEnum, { nullable: true }) state: DeliveryState | null,
    @Arg("type", () => String, { nullable: true, description: "An event, or webhook.test." }) type: string | null,
    @Ctx() context: Context,
  ) {
    return deliveryPage(context, id, { endpointId, state, type }, first, after);
  }

  @FieldResolver(() => WebhookDeliveryType, { nullable: true, description: "null when there is no such delivery." })
  webhookDelivery(
    @Root() { id }: Organization,
    @Arg("id", () => ID) deliveryId: string,
    @Ctx() context: Context,
  ): Promise<StoredDelivery | null> {
    return findDelivery(sqlIn(context.em), id, readId(deliveryId, "The delivery"));
  }
}
