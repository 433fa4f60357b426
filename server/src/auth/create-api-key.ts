import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { badInput } from "../platform/graphql/errors.ts";
import { readLine } from "../platform/graphql/text.ts";
import { newId } from "../platform/id.ts";
import { asPlatform, tenantOf, type Scope } from "../platform/scope.ts";
import { ApiKey, ServiceKey } from "./api-key.entity.ts";
import { type KeyScope, organizationScopes, readScopes, serviceScopes } from "./key-scopes.ts";
import { newKeySecret } from "./key-secret.ts";

export type CreateApiKey = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Date | null;
};

/** A key, and its secret, which is shown this once. */
export type KeyCreated<Key extends ApiKey | ServiceKey = ApiKey | ServiceKey> = {
  readonly apiKey: Key;
  readonly secret: string;
};

const MAX_NAME = 100;

/**
 * Makes a key for the scope's organization.
 *
 * @throws UnknownScope when a scope is not one that keys of organizations may have
 */
export async function createApiKey(scope: Scope, input: CreateApiKey): Promise<KeyCreated<ApiKey>> {
  const organizationId = tenantOf(scope);
  const { secret, ...columns } = keyColumns(scope, input, organizationScopes);
  return scope.em.transactional(async (em) => {
    const apiKey = em.create(ApiKey, { organizationId, ...columns });
    await em.persist(apiKey).flush();
    await recordKeyCreated(em, scope, apiKey);
    return { apiKey, secret };
  });
}

/**
 * Makes a key for one of QLP's own services, which may act for every organization.
 *
 * @throws UnknownScope when a scope is not one that services may have
 */
export async function createServiceKey(scope: Scope, input: CreateApiKey): Promise<KeyCreated<ServiceKey>> {
  const platform = asPlatform(scope);
  const { secret, ...columns } = keyColumns(scope, input, serviceScopes);
  return platform.em.transactional(async (em) => {
    const apiKey = em.create(ServiceKey, columns);
    await em.persist(apiKey).flush();
    await recordKeyCreated(em, platform, apiKey);
    return { apiKey, secret };
  });
}

function keyColumns({ viewer }: Scope, input: CreateApiKey, allowed: readonly KeyScope[]) {
  const createdAt = systemClock();
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && expiresAt <= createdAt) throw badInput("expiresAt must lie in the future.");
  const createdBy = viewer?.kind === "user" ? viewer.id : null;
  return {
    id: newId(),
    name: readLine(input.name, "name", MAX_NAME),
    scopes: readScopes(input.scopes, allowed),
    createdBy,
    createdAt,
    expiresAt,
    ...newKeySecret(),
  };
}

const recordKeyCreated = (
  em: SqlEntityManager,
  scope: Scope,
  { prefix, name, scopes }: ApiKey | ServiceKey,
): Promise<void> => recordAudit(em, scope, { action: "apiKey.created", target: prefix, detail: { name, scopes } });
