import { defineEntity, p } from "@mikro-orm/postgresql";
import { platformTable, tenantTable } from "../platform/database/policies.ts";
import type { KeyScope } from "./key-scopes.ts";

/** What every kind of key has. Times are real ones: the sandbox clock neither ends a key nor revives it. */
const keyColumns = {
  id: p.uuid().primary(),
  name: p.text(),
  /** The start of the secret, by which people tell keys apart. */
  prefix: p.text(),
  /** SHA-256 of the secret, which has enough randomness to need no slow hash. */
  secretHash: p.text(),
  scopes: p.array<KeyScope>((scope) => scope as KeyScope),
  createdBy: p.uuid().nullable(),
  createdAt: p.datetime(),
  lastUsedAt: p.datetime().nullable(),
  expiresAt: p.datetime().nullable(),
  revokedAt: p.datetime().nullable(),
  /** The key that a rotation put in this one's place. */
  replacedById: p.uuid().nullable(),
};

const ApiKeySchema = defineEntity({
  name: "ApiKey",
  tableName: "api_keys",
  ...tenantTable,
  indexes: [{ properties: ["secretHash"] }],
  properties: { organizationId: p.uuid().primary(), ...keyColumns },
});

/** A machine's credential to act for one organization, within its scopes. It outlives the member who made it. */
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);

const ServiceKeySchema = defineEntity({
  name: "ServiceKey",
  tableName: "service_keys",
  ...platformTable,
  indexes: [{ properties: ["secretHash"] }],
  properties: keyColumns,
});

/** A credential of one of QLP's own services, which names the organization in each call. */
export class ServiceKey extends ServiceKeySchema.class {}
ServiceKeySchema.setClass(ServiceKey);
export { ApiKeySchema, ServiceKeySchema };
