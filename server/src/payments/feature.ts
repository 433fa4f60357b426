import type { Feature } from "../platform/feature.ts";
import { makeCallsJob, workInboxJob } from "./payments.jobs.ts";
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
  resolvers: [],
  permissions: {},
  jobs: [workInboxJob, makeCallsJob],
  routes: [serveStripeWebhook],
};
