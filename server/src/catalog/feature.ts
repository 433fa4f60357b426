import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { PlanResolver } from "./plan.resolver.ts";
import { PlanVersionSchema } from "./plan-version.entity.ts";

/** What is sold: plans, their versions, prices and allowances. */
export const feature: Feature = {
  entities: [PlanVersionSchema],
  resolvers: [PlanResolver],
  permissions: {
    Query: { plans: allow, planVersions: may("staff:read") },
    Mutation: { publishPlanVersion: may("staff:money") },
    Plan: allow,
    PlanVersion: allow,
    Allowance: allow,
    MeterPrice: allow,
    PriceTier: allow,
    Entitlement: allow,
    RateLimit: allow,
    InvalidCatalog: allow,
  },
};
