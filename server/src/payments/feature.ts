import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { HostedPageResolver } from "./hosted-page.resolver.ts";
import { followSubscriptionJob, makeCallsJob, workInboxJob } from "./payments.jobs.ts";
import { serveStripeWebhook } from "./stripe-webhook.route.ts";
import {
  CheckoutOrderSchema,
  MoneyBackClaimSchema,
  PlanChangeTurnSchema,
  PlanQuoteSchema,
} from "./plan-change.entity.ts";
import {
  StripeCustomerSchema,
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
  resolvers: [HostedPageResolver],
  permissions: {
    Mutation: { startCheckout: may("billing:write"), openBillingPortal: may("billing:write") },
    HostedPage: allow,
  },
  jobs: [workInboxJob, makeCallsJob, followSubscriptionJob],
  routes: [serveStripeWebhook],
};
