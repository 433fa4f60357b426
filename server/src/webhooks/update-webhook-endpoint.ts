import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { readId } from "../platform/graphql/text.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { giveUpDeliveries } from "./disable-endpoint.ts";
import { readDescription, readEvents } from "./endpoint-input.ts";
import { readEndpointUrl } from "./endpoint-url.ts";
import { lockedEndpoint } from "./locked-endpoint.ts";
import { countSending } from "./throttle.ts";
import type { WebhookEndpoint } from "./webhook.entity.ts";

/** What is left out stays as it is. */
export type UpdateWebhookEndpoint = {
  readonly id: string;
  readonly url?: string | null;
  readonly events?: readonly string[] | null;
  readonly description?: string | null;
  readonly enabled?: boolean | null;
};

/**
 * Changes an endpoint. Switched off, it gets nothing, what waits for it included; switched on, it
 * gets what happens from now on.
 *
 * @throws WebhookUrlRefused when nothing may be sent to the address
 * @throws UnknownWebhookEvent when there is no such event, or none is chosen
 */
export async function updateWebhookEndpoint(scope: Scope, input: UpdateWebhookEndpoint): Promise<WebhookEndpoint> {
  const organizationId = tenantOf(scope);
  const id = readId(input.id, "The endpoint");
  const events = input.events == null ? null : readEvents(input.events);
  const description = input.description == null ? null : readDescription(input.description);
  if (input.url != null) await countSending(scope.platform, organizationId);
  const url =
    input.url == null
      ? null
      : await readEndpointUrl(input.url, { allowLoopback: scope.platform.config.webhooksAllowLoopback });
  return scope.em.transactional(async (em) => {
    const endpoint = await lockedEndpoint(em, scope, id);
    const before = shown(endpoint);
    endpoint.url = url ?? endpoint.url;
    endpoint.events = events ?? endpoint.events;
    endpoint.description = description ?? endpoint.description;
    if (input.enabled === true && endpoint.disabledAt != null) enable(endpoint);
    if (input.enabled === false && endpoint.disabledAt == null) {
      endpoint.disabledAt = systemClock();
      endpoint.disabledBecause = "switched-off";
      await giveUpDeliveries(sqlIn(em), organizationId, id, endpoint.disabledAt);
    }
    const after = shown(endpoint);
    if (JSON.stringify(before) === JSON.stringify(after)) return endpoint;
    await em.flush();
    await recordAudit(em, scope, {
      action: "webhookEndpoint.changed",
      target: endpoint.url,
      detail: { before, after },
    });
    return endpoint;
  });
}

function enable(endpoint: WebhookEndpoint): void {
  endpoint.disabledAt = null;
  endpoint.disabledBecause = null;
  endpoint.failingSince = null;
}

const shown = ({ url, description, events, disabledAt }: WebhookEndpoint) => ({
  url,
  description,
  events: [...events],
  enabled: disabledAt == null,
});
