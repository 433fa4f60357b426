import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { readId } from "../platform/graphql/text.ts";
import { newId } from "../platform/id.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { lockedEndpoint } from "./locked-endpoint.ts";
import { insertMessages, sendToEndpoints } from "./publish-webhook.ts";
import { findDelivery, type StoredDelivery } from "./stored-delivery.ts";
import { countSending } from "./throttle.ts";
import { WebhookEndpointDisabled } from "./webhook.refusals.ts";

/**
 * Sends a message of the type webhook.test to one endpoint, whatever events it has chosen. It is
 * tried once.
 *
 * @throws WebhookEndpointDisabled when the endpoint is switched off
 */
export async function testWebhookEndpoint(scope: Scope, input: { readonly id: string }): Promise<StoredDelivery> {
  const organizationId = tenantOf(scope);
  const endpointId = readId(input.id, "The endpoint");
  await countSending(scope.platform, organizationId);
  return scope.em.transactional(async (em) => {
    const endpoint = await lockedEndpoint(em, scope, endpointId);
    if (endpoint.disabledAt != null) throw new WebhookEndpointDisabled();
    const sql = sqlIn(em);
    const id = newId();
    const messages = await insertMessages(sql, [
      {
        organizationId,
        type: "webhook.test",
        key: `test:${id}`,
        at: systemClock(),
        data: { message: "This is a test. Nothing has happened.", endpointId },
      },
    ]);
    const slow = endpoint.slowSince != null;
    await sendToEndpoints(
      sql,
      messages.map((message) => ({ organizationId, id, messageId: message.id, endpointId, slow })),
    );
    await recordAudit(em, scope, { action: "webhookEndpoint.tested", target: endpoint.url });
    const delivery = await findDelivery(sql, organizationId, id);
    if (!delivery) throw new Error("the test was not put on its way");
    return delivery;
  });
}
