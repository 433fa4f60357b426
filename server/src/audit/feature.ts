import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { AuditEntrySchema } from "./audit-entry.entity.ts";
import { AuditEntryResolver } from "./audit-entry.resolver.ts";

/** Who did what, when. */
export const feature: Feature = {
  entities: [AuditEntrySchema],
  resolvers: [AuditEntryResolver],
  permissions: {
    Query: { auditLog: may("staff:read") },
    AuditEntry: allow,
    AuditEntryConnection: allow,
  },
};
