import { recordAudit } from "../audit/record-audit.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { readId } from "../platform/graphql/text.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { lockedEndpoint } from "./locked-endpoint.ts";

/** Removes an endpoint with its log. Jobs that wait for it find nothing to do. */
export async function deleteWebhookEndpoint(scope: Scope, input: { readonly id: string }): Promise<{ id: string }> {
  const organizationId = tenantOf(scope);
  const id = readId(input.id, "The endpoint");
  return scope.em.transactional(async (em) => {
    const { url } = await lockedEndpoint(em, scope, id);
    const sql = sqlIn(em);
    await sql(
      `delete from webhook_attempts where organization_id = $1
         and delivery_id in (select d.id from webhook_deliveries d where d.organization_id = $1 and d.endpoint_id = $2)`,
      [organizationId, id],
    );
    await sql("delete from webhook_deliveries where organization_id = $1 and endpoint_id = $2", [organizationId, id]);
    await sql("delete from webhook_endpoints where organization_id = $1 and id = $2", [organizationId, id]);
    await recordAudit(em, scope, { action: "webhookEndpoint.deleted", target: url });
    return { id };
  });
}
