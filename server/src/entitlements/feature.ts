import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { AlertSettingSchema } from "./alert-setting.entity.ts";
import { AlertSettingsResolver } from "./alert-settings.resolver.ts";
import { EntitlementsResolver } from "./entitlements.resolver.ts";
import { DecisionCountSchema } from "./decision-count.entity.ts";
import { keepDecisionCounts } from "./decision-counts.ts";
import { DecisionsResolver, OrganizationDecisionsResolver, RefusedOrganizationResolver } from "./decisions.resolver.ts";
import { sweepDecisionsJob } from "./sweep-decisions.job.ts";
import { expireHoldsJob } from "./expire-holds.job.ts";
import { EntitlementLevelSchema, HeldUsageSchema, HoldSchema, SpendingCapSchema } from "./hold.entity.ts";
import { UsageAlertSchema } from "./usage-alert.entity.ts";
import { checkAlertsJob, checkCapsJob } from "./usage-alerts.job.ts";
import { OrganizationEntitlementsResolver } from "./organization-entitlements.resolver.ts";
import { OrganizationForecastResolver } from "./organization-forecast.resolver.ts";

const readsUsage = may("usage:read", "staff:read");

/** What may happen: whether work may start, what is held for it, rights, and the cap on spending. */
export const feature: Feature = {
  entities: [
    HoldSchema,
    HeldUsageSchema,
    SpendingCapSchema,
    EntitlementLevelSchema,
    UsageAlertSchema,
    AlertSettingSchema,
    DecisionCountSchema,
  ],
  resolvers: [
    EntitlementsResolver,
    OrganizationEntitlementsResolver,
    OrganizationForecastResolver,
    AlertSettingsResolver,
    DecisionsResolver,
    OrganizationDecisionsResolver,
    RefusedOrganizationResolver,
  ],
  permissions: {
    Query: {
      usageDecisions: may("staff:read"),
      checkEntitlement: may("usage:read", "usage:write"),
      checkEntitlements: may("usage:read", "usage:write"),
    },
    Mutation: {
      authorizeUsage: may("usage:write"),
      settleHold: may("usage:write"),
      releaseHold: may("usage:write"),
      reportEntitlementLevel: may("usage:write"),
      setSpendingCap: may("billing:write"),
      setAlertSetting: may("billing:write"),
      sendTestAlert: may("billing:write"),
    },
    Organization: {
      entitlements: readsUsage,
      holds: readsUsage,
      usageAlerts: readsUsage,
      usageForecast: readsUsage,
      usageDecisions: readsUsage,
      spending: may("billing:read", "staff:read"),
      alertSettings: may("billing:read", "staff:read"),
    },
    UsageDecision: allow,
    Hold: allow,
    HoldConnection: allow,
    HoldExpired: allow,
    EntitlementUse: allow,
    Spending: allow,
    UsageAlert: allow,
    AlertSettings: allow,
    AlertSetting: allow,
    TestAlert: allow,
    MeterForecast: allow,
    UsageDecisions: allow,
    DecisionCount: allow,
    DecisionStep: allow,
    RefusedOrganization: allow,
  },
  jobs: [expireHoldsJob, checkAlertsJob, checkCapsJob, sweepDecisionsJob],
  routes: [keepDecisionCounts],
};
