import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { readId } from "../platform/graphql/text.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { enqueueDeliveries } from "./enqueue-deliveries.ts";
import { lockedEndpoint } from "./locked-endpoint.ts";
import { findDelivery, type StoredDelivery } from "./stored-delivery.ts";
import { countSending } from "./throttle.ts";
import { WebhookEndpointDisabled } from "./webhook.refusals.ts";

/**
 * Sends a message to its endpoint again, now, under the same id: one that was given up, one that
 * waits for its next try, or one that had arrived. If it fails, it is tried as often as a new one.
 *
 * @throws WebhookEndpointDisabled when the endpoint is switched off
 */
export async function resendWebhook(scope: Scope, input: { readonly deliveryId: string }): Promise<StoredDelivery> {
  const organizationId = tenantOf(scope);
  const id = readId(input.deliveryId, "The delivery");
  await countSending(scope.platform, organizationId);
  return scope.em.transactional(async (em) => {
    const sql = sqlIn(em);
    const known = await findDelivery(sql, organizationId, id);
    if (!known) throw notFound("The delivery");
    const endpoint = await lockedEndpoint(em, scope, known.endpointId);
    if (endpoint.disabledAt != null) throw new WebhookEndpointDisabled();
    const [row] = await sql<{ attempts: number }>(
      `update webhook_deliveries set state = 'PENDING', tries_in_round = 0, next_try_at = $3, ended_at = null
       where organization_id = $1 and id = $2 returning attempts`,
      [organizationId, id, systemClock()],
    );
    if (!row) throw notFound("The delivery");
    const { endpointId } = known;
    const slow = endpoint.slowSince != null;
    await enqueueDeliveries(sql, [{ organizationId, id, endpointId, slow, attempt: row.attempts + 1 }]);
    await recordAudit(em, scope, {
      action: "webhook.resent",
      target: known.messageId,
      detail: { type: known.type, url: endpoint.url },
    });
    return (await findDelivery(sql, organizationId, id)) ?? known;
  });
}
