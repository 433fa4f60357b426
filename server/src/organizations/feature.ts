import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { OrganizationSchema } from "./organization.entity.ts";
import { AuditedOrganizationResolver, OrganizationResolver } from "./organization.resolver.ts";

/** Tenants: the customers that pay. */
export const feature: Feature = {
  entities: [OrganizationSchema],
  resolvers: [OrganizationResolver, AuditedOrganizationResolver],
  permissions: {
    Mutation: { renameOrganization: may("organization:write") },
    Organization: {
      id: allow,
      name: allow,
      createdAt: allow,
      auditLog: may("audit:read", "staff:read"),
    },
  },
};
