import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { OrganizationUsageResolver, BillingPeriodResolver } from "./organization-usage.resolver.ts";
import { OrganizationsResolver } from "./organizations.resolver.ts";
import { RecordUsageResolver, UsageOutcomeResolver } from "./record-usage.resolver.ts";
import {
  RatingAdjustmentSchema,
  RejectedUsageSchema,
  UsageDaySchema,
  UsageEventSchema,
  UsageTotalSchema,
  UsageVoidSchema,
} from "./usage.entity.ts";
import { UsageEventResolver } from "./usage-event.resolver.ts";
import { sweepUsage } from "./sweep-usage.job.ts";

const readsUsage = may("usage:read", "staff:read");
/** Whoever may see some part of it; each part has a rule of its own. */
const reachesOrganization = may("usage:read", "billing:read", "members:read", "keys:read", "audit:read", "staff:read");

/** What was used: the ledger of events, their rating, and the totals that are read from it. */
export const feature: Feature = {
  entities: [
    UsageEventSchema,
    UsageVoidSchema,
    RatingAdjustmentSchema,
    UsageTotalSchema,
    UsageDaySchema,
    RejectedUsageSchema,
  ],
  resolvers: [
    RecordUsageResolver,
    UsageOutcomeResolver,
    OrganizationUsageResolver,
    BillingPeriodResolver,
    OrganizationsResolver,
    UsageEventResolver,
  ],
  permissions: {
    Query: { organization: reachesOrganization, organizations: may("staff:read") },
    Mutation: { recordUsage: may("usage:write"), voidUsage: may("staff:money") },
    Organization: {
      usage: readsUsage,
      usageByDay: readsUsage,
      quotas: readsUsage,
      billingPeriods: readsUsage,
      usageEvents: readsUsage,
      usageEvent: readsUsage,
      rejectedUsage: readsUsage,
    },
    OrganizationConnection: allow,
    UsageSummary: allow,
    MeterUsage: allow,
    ComplexityUsage: allow,
    UsageDay: allow,
    MeterDay: allow,
    Quota: allow,
    BillingPeriod: allow,
    UsageEvent: allow,
    UsageEventConnection: allow,
    MeterRating: allow,
    RatingAdjustment: allow,
    RejectedUsage: allow,
    RejectedUsageConnection: allow,
    RecordUsagePayload: allow,
    UsageOutcome: allow,
    AlreadyVoided: allow,
  },
  jobs: [sweepUsage],
};
