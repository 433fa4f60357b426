import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { InvalidCatalog } from "../catalog/plan.refusals.ts";
import { PlanType, PlanVersionType } from "../catalog/plan.type.ts";
import { planView, priceView } from "../catalog/plan-view.ts";
import { monthlyMinorOf, priceModelOf } from "../catalog/plan-terms.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { answering } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { MoneyType, moneyFromMinor } from "../platform/graphql/money.type.ts";
import { inTenant, type Scope, tenantOf } from "../platform/scope.ts";
import { agreePlan } from "./agree-plan.ts";
import { removePriceOverride, setPriceOverride } from "./override-price.ts";
import { startTrial } from "./start-trial.ts";
import { subscriberCountLoader } from "./subscriber-count.loader.ts";
import type { CurrentSubscription } from "./current-subscription.ts";
import { subscriptionLoader } from "./subscription.loader.ts";
import { AlreadyOnPlan, PriceTooLow, TrialAlreadyUsed } from "./subscription.refusals.ts";
import {
  AgreePlanInput,
  AgreePlanResult,
  PriceOverrideType,
  RemovePriceOverrideInput,
  RemovePriceOverrideResult,
  SetPriceOverrideInput,
  SetPriceOverrideResult,
  StartTrialInput,
  StartTrialResult,
  SubscriptionType,
} from "./subscription.type.ts";

/** The subscription as it is after a change. */
const changed = (scope: Scope, organizationId: string): Promise<CurrentSubscription> =>
  subscriptionLoader(inTenant(scope, organizationId)).load(organizationId);

@Resolver(() => SubscriptionType)
export class SubscriptionResolver {
  @FieldResolver(() => PlanType, { description: "The plan version that was bought; later versions do not change it." })
  plan(@Root() { plan }: CurrentSubscription): PlanType {
    return planView(plan);
  }

  @FieldResolver(() => MoneyType, {
    description: "What a period costs before usage: the plan's price, or the agreed one.",
  })
  monthlyPrice(@Root() { agreedMinor, plan }: CurrentSubscription): MoneyType {
    return moneyFromMinor(agreedMinor ?? monthlyMinorOf(plan.terms));
  }

  @FieldResolver(() => Boolean, { description: "True when the price was agreed with this customer." })
  agreed(@Root() { agreedMinor }: CurrentSubscription): boolean {
    return agreedMinor !== null;
  }

  @FieldResolver(() => [PriceOverrideType])
  priceOverrides(@Root() { overrides, plan }: CurrentSubscription): PriceOverrideType[] {
    return overrides.map(({ id, note, createdAt, meter, priceKey, price }) => ({
      id,
      note,
      createdAt: new Date(createdAt),
      price: priceView(meter, priceKey, priceModelOf(meter, price), plan.terms.meters[meter].premiumMultiplier),
    }));
  }

  @Mutation(() => StartTrialResult, {
    description:
      "Starts the organization's one trial: 14 days of unlimited usage at no charge, no card needed. What follows is Free.",
  })
  startTrial(@Arg("input", () => StartTrialInput) { plan }: StartTrialInput, @Ctx() context: Context) {
    return answering([TrialAlreadyUsed, AlreadyOnPlan], async () => {
      await startTrial(context, plan);
      return changed(context, tenantOf(context));
    });
  }

  @Mutation(() => AgreePlanResult, {
    description:
      "Staff: puts an organization on a plan at an agreed price from now on; ENTERPRISE at least $2,499. A new period begins.",
  })
  agreePlan(@Arg("input", () => AgreePlanInput) input: AgreePlanInput, @Ctx() context: Context) {
    return answering([PriceTooLow], async () => {
      await agreePlan(context, input);
      return changed(context, input.organizationId);
    });
  }

  @Mutation(() => SetPriceOverrideResult, {
    description: "Staff: a price of one organization's own, for usage accepted from now on.",
  })
  setPriceOverride(@Arg("input", () => SetPriceOverrideInput) input: SetPriceOverrideInput, @Ctx() context: Context) {
    return answering([InvalidCatalog], async () => {
      await setPriceOverride(context, input);
      return changed(context, input.organizationId);
    });
  }

  @Mutation(() => RemovePriceOverrideResult, {
    description: "Staff: back to the plan's price, for usage accepted from now on.",
  })
  async removePriceOverride(
    @Arg("input", () => RemovePriceOverrideInput) input: RemovePriceOverrideInput,
    @Ctx() context: Context,
  ) {
    await removePriceOverride(context, input);
    return changed(context, input.organizationId);
  }
}

@Resolver(() => OrganizationType)
export class OrganizationSubscriptionResolver {
  @FieldResolver(() => SubscriptionType)
  subscription(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<CurrentSubscription> {
    return subscriptionLoader(context).load(id);
  }
}

@Resolver(() => PlanVersionType)
export class PlanVersionSubscribersResolver {
  @FieldResolver(() => Int, { description: "Organizations whose subscription keeps this version." })
  subscriberCount(@Root() { id }: PlanVersionType, @Ctx() context: Context): Promise<number> {
    return subscriberCountLoader(context).load(id);
  }
}
