import { LockMode, type SqlEntityManager } from "@mikro-orm/postgresql";
import { notFound } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import { ApiKey, ServiceKey } from "./api-key.entity.ts";

/** The key for a change of it: one of the scope's organization; for staff, one of QLP's own services. */
export async function lockedKey(
  em: SqlEntityManager,
  { organizationId }: Scope,
  id: string,
): Promise<ApiKey | ServiceKey> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const key =
    organizationId === null
      ? await em.findOne(ServiceKey, { id }, { lockMode })
      : await em.findOne(ApiKey, { organizationId, id }, { lockMode });
  if (!key) throw notFound("The key");
  return key;
}

/** Whose audit log a change to the key goes into. */
export const ownerOf = (key: ApiKey | ServiceKey) => ({
  organizationId: key instanceof ApiKey ? key.organizationId : null,
});
