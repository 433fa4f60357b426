import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";

/**
 * Stands for "no organization" in the audit log. Not null, because keys of a tenant table begin with
 * the organization; no organization has it, so no tenant sees the platform's own entries.
 */
export const NO_ORGANIZATION = "00000000-0000-0000-0000-000000000000";

export type AuditActorKind = "user" | "apiKey" | "serviceKey" | "system";

const AuditEntrySchema = defineEntity({
  name: "AuditEntry",
  tableName: "audit_entries",
  ...tenantTable,
  indexes: [{ properties: ["organizationId", "at", "id"] }, { properties: ["at", "id"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    /** Noun and past participle: `member.removed`. */
    action: p.text(),
    actorKind: p.text().$type<AuditActorKind>(),
    actorId: p.uuid().nullable(),
    /** What people call the actor: an e-mail, or a key's name and prefix. */
    actor: p.text(),
    staff: p.boolean(),
    target: p.text().nullable(),
    detail: p.json<Record<string, unknown>>().nullable(),
    requestId: p.text().nullable(),
  },
});

/** Who did what to which, when. Append-only: no role of the database may change or delete it. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
export { AuditEntrySchema };
