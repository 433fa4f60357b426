import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { exact, toDecimal } from "../kernel/exact.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { organizationLoader } from "../organizations/organization.loader.ts";
import type { Context } from "../platform/graphql/context.ts";
import { MoneyType, moneyFromNanos } from "../platform/graphql/money.type.ts";
import { DateTimeScalar, DecimalScalar, JsonScalar } from "../platform/graphql/scalars.ts";
import type { Scope } from "../platform/scope.ts";
import { adjustmentLoader, periodPlanLoader, type PlannedPeriod, voidLoader } from "./event.loader.ts";
import { amountOf, type CurrentPart, currentParts, ratingOf, type UsageEventRating } from "./event-rating.ts";
import type { StoredEvent } from "./stored-event.ts";
import { BillingPeriodType, MeterRatingType, UsageEventRatingEnum, UsageEventType } from "./usage.type.ts";
import { ratingView } from "./usage-view.ts";

const partsOf = async (event: StoredEvent, scope: Scope): Promise<CurrentPart[]> =>
  currentParts(event, await adjustmentLoader(scope).load(event.id));

@Resolver(() => UsageEventType)
export class UsageEventResolver {
  @FieldResolver(() => DecimalScalar, { description: "Calls of an API_CALL; one for every other action." })
  quantity(@Root() { quantity }: StoredEvent): string {
    return toDecimal(exact(quantity));
  }

  @FieldResolver(() => MoneyType, {
    description: "What it costs the customer, exactly, as it is rated now; zero while within the allowance.",
  })
  async amount(@Root() event: StoredEvent, @Ctx() context: Context): Promise<MoneyType> {
    return moneyFromNanos(amountOf(await partsOf(event, context)));
  }

  @FieldResolver(() => UsageEventRatingEnum)
  async rating(@Root() event: StoredEvent, @Ctx() context: Context): Promise<UsageEventRating> {
    const [parts, voided] = await Promise.all([partsOf(event, context), voidLoader(context).load(event.id)]);
    return ratingOf(event, parts, voided !== null);
  }

  @FieldResolver(() => [MeterRatingType], { description: "What the event fed, and how each part is rated." })
  async ratings(@Root() event: StoredEvent, @Ctx() context: Context): Promise<MeterRatingType[]> {
    const [parts, { plan, trial }] = await Promise.all([
      partsOf(event, context),
      periodPlanLoader(context).load(event.periodId),
    ]);
    return parts.map((part) =>
      ratingView(
        part,
        (meter) => (trial ? null : plan.card.meters[meter].included),
        event.premium ? plan.terms.meters[part.meter].premiumMultiplier : "1",
      ),
    );
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true })
  async voidedAt(@Root() { id }: StoredEvent, @Ctx() context: Context): Promise<Date | null> {
    return (await voidLoader(context).load(id))?.at ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  async voidReason(@Root() { id }: StoredEvent, @Ctx() context: Context): Promise<string | null> {
    return (await voidLoader(context).load(id))?.reason ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: "Staff only, null for others: who voided it." })
  async voidedBy(@Root() { id }: StoredEvent, @Ctx() context: Context): Promise<string | null> {
    if (!context.viewer?.permissions.has("staff:read")) return null;
    return (await voidLoader(context).load(id))?.by ?? null;
  }

  @FieldResolver(() => BillingPeriodType, { description: "The billing period in which it counts." })
  period(@Root() { periodId }: StoredEvent, @Ctx() context: Context): Promise<PlannedPeriod> {
    return periodPlanLoader(context).load(periodId);
  }

  @FieldResolver(() => JsonScalar, { nullable: true })
  metadata(@Root() { metadata }: StoredEvent): unknown {
    return metadata === null ? null : JSON.parse(metadata);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "Staff only, null for others: the cost of goods." })
  cost(@Root() { costNanos }: StoredEvent, @Ctx() { viewer }: Context): MoneyType | null {
    return viewer?.permissions.has("staff:read") ? moneyFromNanos(exact(costNanos)) : null;
  }

  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: StoredEvent, @Ctx() context: Context) {
    return organizationLoader(context).load(organizationId);
  }
}
