import { allow, type IRules } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { InvoiceActResolver } from "./acts/invoice-act.resolver.ts";
import { AlarmResolver } from "./lists/alarm.resolver.ts";
import { DunningCaseResolver } from "./lists/dunning-case.resolver.ts";
import { StripeCallResolver, StripeEventResolver } from "./lists/stripe-traffic.resolver.ts";
import { SubscriptionEntryResolver } from "./lists/subscription-entry.resolver.ts";
import { recheckMeteredJob } from "./metered/recheck-metered.job.ts";
import { UsageRouteResolver } from "./metered/usage-route.resolver.ts";
import { measureBilling } from "./proof/billing-gauges.ts";
import { ProofResolver } from "./proof/proof.resolver.ts";
import { repairEventsJob, runProofJob } from "./proof/proof.jobs.ts";

const staffRead = may("staff:read");
const staffMoney = may("staff:money");

/** What staff see and do about payments: acts on invoices, lists, proofs. */
export const staffResolvers: Feature["resolvers"] = [
  InvoiceActResolver,
  SubscriptionEntryResolver,
  DunningCaseResolver,
  AlarmResolver,
  StripeEventResolver,
  StripeCallResolver,
  ProofResolver,
  UsageRouteResolver,
];

export const staffQueries = {
  subscriptions: staffRead,
  dunningCases: staffRead,
  alarms: staffRead,
  stripeEvents: staffRead,
  stripeEvent: staffRead,
  stripeCalls: staffRead,
  proofReports: staffRead,
  proofReport: staffRead,
  latestProof: staffRead,
  billingHealth: staffRead,
} satisfies IRules;

export const staffMutations = {
  createInvoice: staffMoney,
  voidInvoice: staffMoney,
  markInvoiceUncollectible: staffMoney,
  collectInvoice: staffMoney,
  recheckInvoice: staffMoney,
  sendInvoiceReminder: staffMoney,
  createCreditNote: staffMoney,
  refundInvoice: staffMoney,
  retryStripeEvent: staffMoney,
  retryStripeCall: staffMoney,
  clearAlarm: staffMoney,
  setUsageRoute: staffMoney,
  runProof: staffMoney,
} satisfies IRules;

export const staffTypes = {
  Organization: { usageRoutes: staffRead },
  UsageRoute: allow,
  UsageRouteRefused: allow,
  InvoiceRefused: allow,
  SubscriptionEntry: allow,
  SubscriptionEntryConnection: allow,
  DunningCase: allow,
  Alarm: allow,
  AlarmConnection: allow,
  StripeEvent: allow,
  StripeEventConnection: allow,
  StripeCall: allow,
  StripeCallConnection: allow,
  ProofReport: allow,
  ProofReportConnection: allow,
  ProofCount: allow,
  ProofDifference: allow,
  BillingHealth: allow,
} satisfies IRules;

export const staffJobs: NonNullable<Feature["jobs"]> = [runProofJob, repairEventsJob, recheckMeteredJob];

export const staffRoutes: NonNullable<Feature["routes"]> = [(_server, platform) => measureBilling(platform)];
