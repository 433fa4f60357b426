import { createUnionType, Field, InputType, ObjectType } from "type-graphql";
import type { PlanCode } from "../catalog/plan-terms.ts";
import { PlanCodeEnum } from "../catalog/plan.type.ts";
import { byName } from "../platform/graphql/answering.ts";
import { AlreadyOnPlanType } from "../subscriptions/subscription.type.ts";

@ObjectType("HostedPage", { description: "A page of Stripe's, or of the stand-in's, to send the person to." })
class HostedPageType {
  @Field(() => String) readonly url!: string;
}

@InputType("StartCheckoutInput", { description: "The plan to pay for, and where to come back to." })
export class StartCheckoutInput {
  @Field(() => PlanCodeEnum, { description: "STARTER or PROFESSIONAL." }) readonly plan!: PlanCode;
  @Field(() => String, {
    description: "A page of this product. {CHECKOUT_SESSION_ID} in it is replaced by the visit's id.",
  })
  readonly successUrl!: string;
  @Field(() => String, { description: "A page of this product." }) readonly cancelUrl!: string;
}

@InputType("OpenBillingPortalInput", { description: "Where to come back to." })
export class OpenBillingPortalInput {
  @Field(() => String, { description: "A page of this product." }) readonly returnUrl!: string;
}

export const StartCheckoutResult = createUnionType({
  name: "StartCheckoutResult",
  description: "The page to pay on, or why there is none.",
  types: () => [HostedPageType, AlreadyOnPlanType] as const,
  resolveType: byName("HostedPage"),
});

export const OpenBillingPortalResult = createUnionType({
  name: "OpenBillingPortalResult",
  description: "The page for payment methods and receipts.",
  types: () => [HostedPageType] as const,
  resolveType: byName("HostedPage"),
});
