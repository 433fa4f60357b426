import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { answering } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import { usageEventsTotal } from "../platform/http/metrics.ts";
import { isUuid } from "../platform/id.ts";
import { inTenant, type Scope } from "../platform/scope.ts";
import { eventLoader } from "./event.loader.ts";
import { namedOrganization } from "./named-organization.ts";
import type { Outcome } from "./event-batch.ts";
import { recordUsage } from "./record-usage.ts";
import {
  RecordUsageInput,
  RecordUsagePayloadType,
  UsageOutcomeType,
  VoidUsageInput,
  VoidUsageResult,
} from "./record-usage.type.ts";
import type { StoredEvent } from "./stored-event.ts";
import { UsageEventType } from "./usage.type.ts";
import { AlreadyVoided } from "./void-usage.refusals.ts";
import { voidUsage } from "./void-usage.ts";

/** An outcome with the tenant it belongs to, so that its event can be read as that tenant. */
export type ScopedOutcome = Outcome & { readonly scope: Scope };

@Resolver()
export class RecordUsageResolver {
  @Mutation(() => RecordUsagePayloadType, {
    description:
      "Records facts: up to 1,000 events a call, each with an outcome of its own. What is ACCEPTED is durable; retrying with the same keys is safe. Nothing of a call is lost when a part of it is refused.",
  })
  async recordUsage(
    @Arg("input", () => RecordUsageInput) { organizationId, events }: RecordUsageInput,
    @Ctx() context: Context,
  ) {
    if (events.length === 0) throw badInput("events must hold from 1 to 1,000 events.");
    const tenant = namedOrganization(context, organizationId ?? null);
    const scope = inTenant(context, tenant);
    // The mutations of an operation run one after the other: what a service key reads below this one, it reads as its tenant.
    if (context.viewer?.kind === "serviceKey") Object.assign(context, scope);
    const outcomes = await recordUsage(scope, tenant, events);
    for (const { status } of outcomes) usageEventsTotal.inc({ status });
    const count = (...statuses: readonly Outcome["status"][]): number =>
      outcomes.filter(({ status }) => statuses.includes(status)).length;
    return {
      accepted: count("ACCEPTED"),
      duplicates: count("DUPLICATE"),
      rejected: count("CONFLICT", "REJECTED"),
      outcomes: outcomes.map((outcome): ScopedOutcome => ({ ...outcome, scope })),
    };
  }

  @Mutation(() => VoidUsageResult, {
    description:
      "Staff: corrects a wrong event by a reversing entry. In an open period the allowance it gives back is rated again; in a closed one its amount is credited in the open one.",
  })
  voidUsage(@Arg("input", () => VoidUsageInput) input: VoidUsageInput, @Ctx() context: Context) {
    if (!isUuid(input.organizationId)) throw notFound("The organization");
    return answering([AlreadyVoided], () => voidUsage(context, input));
  }
}

@Resolver(() => UsageOutcomeType)
export class UsageOutcomeResolver {
  @FieldResolver(() => UsageEventType, {
    nullable: true,
    description: "The event that stands under the key; null when there is none.",
  })
  event(@Root() { event, eventId, scope }: ScopedOutcome): StoredEvent | Promise<StoredEvent> | null {
    return event ?? (eventId === null ? null : eventLoader(scope).load(eventId));
  }
}
