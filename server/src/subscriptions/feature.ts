import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import {
  BillingPeriodSchema,
  PlanSpellSchema,
  PriceOverrideSchema,
  SubscriptionSchema,
} from "./subscription.entity.ts";
import { SignUpResolver } from "./sign-up.resolver.ts";
import {
  OrganizationSubscriptionResolver,
  PlanVersionSubscribersResolver,
  SubscriptionResolver,
} from "./subscription.resolver.ts";

/** Which plan each organization has, at which price, in which period. */
export const feature: Feature = {
  entities: [SubscriptionSchema, BillingPeriodSchema, PriceOverrideSchema, PlanSpellSchema],
  resolvers: [SubscriptionResolver, OrganizationSubscriptionResolver, PlanVersionSubscribersResolver, SignUpResolver],
  permissions: {
    Mutation: {
      signUp: allow,
      startTrial: may("billing:write"),
      agreePlan: may("staff:money"),
      setPriceOverride: may("staff:money"),
      removePriceOverride: may("staff:money"),
    },
    Organization: { subscription: may("billing:read", "staff:read") },
    Subscription: allow,
    PriceOverride: allow,
    TrialAlreadyUsed: allow,
    AlreadyOnPlan: allow,
    PriceTooLow: allow,
  },
};
