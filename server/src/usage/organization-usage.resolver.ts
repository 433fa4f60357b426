import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import { PlanType } from "../catalog/plan.type.ts";
import { planView } from "../catalog/plan-view.ts";
import { planById } from "../catalog/read-catalog.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import { isMeterCode } from "../rating/meter.ts";
import { subscriptionLoader } from "../subscriptions/subscription.loader.ts";
import { type BillingPeriodView, billingPeriods } from "./billing-periods.ts";
import { eventId } from "./event-id.ts";
import { eventLoader } from "./event.loader.ts";
import { eventPage, rejectedPage } from "./event-pages.ts";
import { currentUsageLoader } from "./period-usage.loader.ts";
import { dayTotals } from "./read-totals.ts";
import { startOfDay } from "../kernel/period.ts";
import { DAY_MS } from "../kernel/clock.ts";
import {
  BillingPeriodType,
  QuotaType,
  RejectedUsageConnectionType,
  UsageDayType,
  UsageEventConnectionType,
  UsageEventFilterInput,
  UsageEventType,
  UsageSummaryType,
} from "./usage.type.ts";
import { spanFrom, usageOfSpan } from "./usage-of-span.ts";
import { dayViews, quotaViews, summaryView } from "./usage-view.ts";

@Resolver(() => OrganizationType)
export class OrganizationUsageResolver {
  @FieldResolver(() => UsageSummaryType, {
    description:
      "Usage of the current period, or of another span. A billing period gives what is billed for it; any other span counts what occurred in it.",
  })
  async usage(
    @Root() { id }: OrganizationType,
    @Arg("from", () => DateTimeScalar, { nullable: true }) from: Date | null,
    @Arg("to", () => DateTimeScalar, { nullable: true }) to: Date | null,
    @Ctx() context: Context,
  ): Promise<UsageSummaryType> {
    return summaryView(await usageOfSpan(context, id, from, to), context.clock());
  }

  @FieldResolver(() => [UsageDayType], {
    description: "Usage by UTC day and complexity: the current period, or the days that a span touches.",
  })
  async usageByDay(
    @Root() { id }: OrganizationType,
    @Arg("from", () => DateTimeScalar, { nullable: true }) from: Date | null,
    @Arg("to", () => DateTimeScalar, { nullable: true }) to: Date | null,
    @Ctx() context: Context,
  ): Promise<UsageDayType[]> {
    const { currentPeriodStart, currentPeriodEnd } = await subscriptionLoader(context).load(id);
    const { start, end } = spanFrom(from, to) ?? { start: currentPeriodStart, end: currentPeriodEnd };
    const lastDay = startOfDay(new Date(end.getTime() - 1));
    return dayViews(await dayTotals(sqlIn(context.em), id, startOfDay(start), new Date(lastDay.getTime() + DAY_MS)));
  }

  @FieldResolver(() => [QuotaType], { description: "The allowances of the current period and what is left of them." })
  async quotas(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<QuotaType[]> {
    return quotaViews(await currentUsageLoader(context).load(id));
  }

  @FieldResolver(() => [BillingPeriodType], { description: "The billing periods, newest first, at most 24." })
  billingPeriods(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<BillingPeriodView[]> {
    return billingPeriods(context, id);
  }

  @FieldResolver(() => UsageEventConnectionType, { description: "Usage events, newest first by acceptance." })
  usageEvents(
    @Root() { id }: OrganizationType,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("filter", () => UsageEventFilterInput, { nullable: true }) filter: UsageEventFilterInput | null,
    @Ctx() context: Context,
  ) {
    const meter = filter?.meter ?? null;
    if (meter !== null && !isMeterCode(meter))
      throw badInput("filter.meter must be generations, api_calls, storage or compute.");
    return eventPage(context, id, Object.assign({}, filter, { meter }), first, after);
  }

  @FieldResolver(() => UsageEventType, { description: "One event, by its id or by its idempotency key." })
  async usageEvent(
    @Root() organization: OrganizationType,
    @Arg("id", () => ID, { nullable: true }) id: string | null | undefined,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const named = [id, key && eventId(organization.id, key)].filter((one) => typeof one === "string");
    const [wanted] = named;
    if (wanted === undefined || named.length > 1) throw badInput("Name the event by its id or by its idempotency key.");
    const event = isUuid(wanted) ? await eventLoader(context).load(wanted) : null;
    if (event?.organizationId !== organization.id) throw notFound("The usage event");
    return event;
  }

  @FieldResolver(() => RejectedUsageConnectionType, {
    description: "Attempts that were refused, newest first; kept for 30 days.",
  })
  rejectedUsage(
    @Root() { id }: OrganizationType,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    return rejectedPage(context, id, first, after);
  }
}

@Resolver(() => BillingPeriodType)
export class BillingPeriodResolver {
  @FieldResolver(() => PlanType)
  async plan(@Root() { planVersionId }: BillingPeriodView, @Ctx() context: Context): Promise<PlanType> {
    return planView(await planById(sqlIn(context.em), planVersionId));
  }
}
