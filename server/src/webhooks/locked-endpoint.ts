import { LockMode, type SqlEntityManager } from "@mikro-orm/postgresql";
import { notFound } from "../platform/graphql/errors.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { WebhookEndpoint } from "./webhook.entity.ts";

/** An endpoint of the scope's organization, for a change of it. @throws EdgeFault NOT_FOUND */
export async function lockedEndpoint(em: SqlEntityManager, scope: Scope, id: string): Promise<WebhookEndpoint> {
  const endpoint = await em.findOne(
    WebhookEndpoint,
    { organizationId: tenantOf(scope), id },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!endpoint) throw notFound("The endpoint");
  return endpoint;
}
