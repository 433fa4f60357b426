import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { OrganizationType } from "../../organizations/organization.type.ts";
import { byName } from "../../platform/graphql/answering.ts";
import { RefusalType } from "../../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../../platform/graphql/scalars.ts";

export const UsageRouteKindEnum = { INVOICE_ITEM: "INVOICE_ITEM", STRIPE_METER: "STRIPE_METER" } as const;
export type UsageRouteKind = keyof typeof UsageRouteKindEnum;
registerEnumType(UsageRouteKindEnum, {
  name: "UsageRouteKind",
  description: "How a meter's usage reaches Stripe's invoices. The amount is the same either way.",
  valuesConfig: {
    INVOICE_ITEM: { description: "As an item of its own on the renewal's draft. The default." },
    STRIPE_METER: {
      description:
        "Its amount is reported to a meter of Stripe's, and the subscription's metered price makes the line.",
    },
  },
});

@ObjectType("UsageRoute", { description: "How one meter's usage reaches Stripe's invoices." })
export class UsageRouteType {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly meter!: string;
  @Field(() => UsageRouteKindEnum, { description: "Of the current period." }) readonly route!: UsageRouteKind;
  @Field(() => UsageRouteKindEnum, { description: "From the next period on." }) readonly next!: UsageRouteKind;
  @Field(() => DateTimeScalar, { nullable: true, description: "When the next one begins; null when it stays." })
  readonly changesAt!: Date | null;
  @Field(() => Boolean, { description: "True when the subscription at Stripe has the meter's price." })
  readonly atStripe!: boolean;
}

@InputType("SetUsageRouteInput", { description: "The route of one meter." })
export class SetUsageRouteInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => String, { description: "generations, api_calls, storage or compute." }) readonly meter!: string;
  @Field(() => UsageRouteKindEnum) readonly route!: UsageRouteKind;
}

@ObjectType("UsageRouteRefused", { implements: RefusalType, description: "The route stays what it was, and why." })
class UsageRouteRefusedType extends RefusalType {}

export const SetUsageRouteResult = createUnionType({
  name: "SetUsageRouteResult",
  description: "The organization with its routes, or why nothing was changed.",
  types: () => [OrganizationType, UsageRouteRefusedType] as const,
  resolveType: byName("Organization"),
});
