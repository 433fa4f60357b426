import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { organizationLoader } from "../../organizations/organization.loader.ts";
import { OrganizationType } from "../../organizations/organization.type.ts";
import { sqlIn } from "../../platform/database/sql.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { JsonScalar } from "../../platform/graphql/scalars.ts";
import { readId } from "../../platform/graphql/text.ts";
import { retryCall } from "../acts/retry-call.ts";
import { retryEvent } from "../acts/retry-event.ts";
import { listCalls, type StoredStripeCall } from "./call-list.ts";
import { eventById, listEvents, payloadLoader, type StoredEvent } from "./event-list.ts";
import {
  RetryStripeCallInput,
  RetryStripeEventInput,
  StripeCallConnectionType,
  type StripeCallState,
  StripeCallStateEnum,
  StripeCallType,
  StripeEventConnectionType,
  type StripeEventState,
  StripeEventStateEnum,
  StripeEventType,
} from "./stripe-traffic.type.ts";

const organizationIn = (id: string | null): string | null => (id === null ? null : readId(id, "The organization"));

/** What Stripe told. */
@Resolver(() => StripeEventType)
export class StripeEventResolver {
  @Query(() => StripeEventConnectionType, { description: "Staff: webhook events, the last received first." })
  stripeEvents(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("state", () => StripeEventStateEnum, { nullable: true }) state: StripeEventState | null,
    @Arg("type", () => String, { nullable: true, description: "Such as invoice.paid." }) type: string | null,
    @Arg("organizationId", () => ID, { nullable: true }) organizationId: string | null,
    @Ctx() context: Context,
  ) {
    return listEvents(context, { first, after, state, type, organizationId: organizationIn(organizationId ?? null) });
  }

  @Query(() => StripeEventType, { description: "Staff: a webhook event by Stripe's id." })
  async stripeEvent(@Arg("id", () => ID) id: string, @Ctx() context: Context) {
    const event = await eventById(sqlIn(context.em), id);
    if (!event) throw notFound("The event");
    return event;
  }

  @FieldResolver(() => OrganizationType, { nullable: true, description: "null until it is known whose it is." })
  organization(@Root() { organizationId }: StoredEvent, @Ctx() context: Context) {
    return organizationId === null ? null : organizationLoader(context).load(organizationId);
  }

  @FieldResolver(() => JsonScalar, { description: "As it came." })
  payload(@Root() { id }: StoredEvent, @Ctx() context: Context): Promise<unknown> {
    return payloadLoader(context).load(id);
  }

  @Mutation(() => StripeEventType, { description: "Staff: works an event again. Its object is read as it is now." })
  retryStripeEvent(@Arg("input", () => RetryStripeEventInput) { id }: RetryStripeEventInput, @Ctx() context: Context) {
    return retryEvent(context, id);
  }
}

/** What was asked of Stripe. */
@Resolver(() => StripeCallType)
export class StripeCallResolver {
  @Query(() => StripeCallConnectionType, { description: "Staff: calls to Stripe, the last decided first." })
  stripeCalls(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("state", () => StripeCallStateEnum, { nullable: true }) state: StripeCallState | null,
    @Arg("kind", () => String, { nullable: true, description: "Such as invoice.finalize." }) kind: string | null,
    @Arg("organizationId", () => ID, { nullable: true }) organizationId: string | null,
    @Ctx() context: Context,
  ) {
    return listCalls(context, { first, after, state, kind, organizationId: organizationIn(organizationId ?? null) });
  }

  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: StoredStripeCall, @Ctx() context: Context) {
    return organizationLoader(context).load(organizationId);
  }

  @Mutation(() => StripeCallType, {
    description:
      "Staff: makes a call again that waits or was refused. For a refused one the answer is its successor, with a key of its own.",
  })
  retryStripeCall(@Arg("input", () => RetryStripeCallInput) input: RetryStripeCallInput, @Ctx() context: Context) {
    return retryCall(context, input);
  }
}
