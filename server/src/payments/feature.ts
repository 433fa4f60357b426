import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { HostedPageResolver } from "./hosted-page.resolver.ts";
import { followSubscriptionJob, followUnknownJob, makeCallsJob, pricePlanJob, workInboxJob } from "./payments.jobs.ts";
import { PlanChangeResolver } from "./plan-change.resolver.ts";
import { staffJobs, staffMutations, staffQueries, staffResolvers, staffRoutes, staffTypes } from "./staff.feature.ts";
import { SubscriptionStandingResolver } from "./subscription-standing.resolver.ts";
import { serveStripeWebhook } from "./stripe-webhook.route.ts";
import {
  CheckoutOrderSchema,
  MoneyBackClaimSchema,
  PlanChangeTurnSchema,
  PlanQuoteSchema,
} from "./plan-change.entity.ts";
import {
  StripeCustomerSchema,
  StripeMeterSchema,
  StripeOwnerSchema,
  StripePriceSchema,
  StripeSubscriptionSchema,
} from "./stripe-mirror.entity.ts";
import {
  AlarmSchema,
  ProofReportSchema,
  StripeInboxSchema,
  StripeLeaseSchema,
  StripeOutboxSchema,
  StripeRepairSchema,
} from "./stripe-traffic.entity.ts";

/** Stripe: what is asked of it, what it tells, and what that means for plans and invoices. */
export const feature: Feature = {
  entities: [
    StripeCustomerSchema,
    StripeSubscriptionSchema,
    StripeOwnerSchema,
    StripePriceSchema,
    StripeMeterSchema,
    StripeOutboxSchema,
    StripeInboxSchema,
    StripeLeaseSchema,
    StripeRepairSchema,
    AlarmSchema,
    ProofReportSchema,
    PlanQuoteSchema,
    CheckoutOrderSchema,
    MoneyBackClaimSchema,
    PlanChangeTurnSchema,
  ],
  resolvers: [PlanChangeResolver, SubscriptionStandingResolver, HostedPageResolver, ...staffResolvers],
  permissions: {
    Query: staffQueries,
    Mutation: {
      ...staffMutations,
      startCheckout: may("billing:write"),
      openBillingPortal: may("billing:write"),
      previewPlanChange: may("billing:write", "staff:money"),
      changePlan: may("billing:write", "staff:money"),
      cancelSubscription: may("billing:write", "staff:money"),
      resumeSubscription: may("billing:write", "staff:money"),
      pauseSubscription: may("billing:write", "staff:money"),
      claimMoneyBack: may("billing:write", "staff:money"),
    },
    ...staffTypes,
    HostedPage: allow,
    PlanChangePreview: allow,
    MoneyBack: allow,
    PaymentMethod: allow,
    PendingUpgrade: allow,
    SubscriptionEvent: allow,
    UsageDoesNotFit: allow,
    PaymentFailed: allow,
    NothingToCancel: allow,
    NothingToPause: allow,
    MoneyBackNotDue: allow,
  },
  jobs: [workInboxJob, makeCallsJob, followSubscriptionJob, followUnknownJob, pricePlanJob, ...staffJobs],
  routes: [serveStripeWebhook, ...staffRoutes],
};
