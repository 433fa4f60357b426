import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { newId } from "../platform/id.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { readDescription, readEvents } from "./endpoint-input.ts";
import { readEndpointUrl } from "./endpoint-url.ts";
import { newSigningSecret } from "./signing-secret.ts";
import { countSending } from "./throttle.ts";
import { WebhookEndpoint } from "./webhook.entity.ts";
import { TooManyWebhookEndpoints } from "./webhook.refusals.ts";

export type CreateWebhookEndpoint = {
  readonly url: string;
  readonly events: readonly string[];
  readonly description?: string | null;
};

/** An endpoint, and the secret that verifies its messages, which only `revealWebhookSecret` tells again. */
export type EndpointWithSecret = { readonly endpoint: WebhookEndpoint; readonly secret: string };

/** Each message goes to all of them, so that there are few. */
const MOST = 10;

/**
 * Registers an endpoint of the scope's organization.
 *
 * @throws WebhookUrlRefused when nothing may be sent to the address
 * @throws UnknownWebhookEvent when there is no such event, or none is chosen
 * @throws TooManyWebhookEndpoints when the organization has ten already
 */
export async function createWebhookEndpoint(scope: Scope, input: CreateWebhookEndpoint): Promise<EndpointWithSecret> {
  const organizationId = tenantOf(scope);
  const { config } = scope.platform;
  const events = readEvents(input.events);
  const description = readDescription(input.description ?? "");
  await countSending(scope.platform, organizationId);
  // The DNS is asked before the transaction begins.
  const url = await readEndpointUrl(input.url, { allowLoopback: config.webhooksAllowLoopback });
  const id = newId();
  const { secret, sealed } = newSigningSecret(config, { organizationId, id });
  return scope.em.transactional(async (em) => {
    // One after the other, so that those who come at once are counted.
    await sqlIn(em)("select id from organizations where id = $1 for update", [organizationId]);
    if ((await em.count(WebhookEndpoint, { organizationId })) >= MOST) throw new TooManyWebhookEndpoints(MOST);
    const endpoint = em.create(WebhookEndpoint, {
      organizationId,
      id,
      url,
      description,
      events,
      secret: sealed,
      createdBy: scope.viewer?.kind === "user" ? scope.viewer.id : null,
      createdAt: systemClock(),
    });
    await em.persist(endpoint).flush();
    await recordAudit(em, scope, { action: "webhookEndpoint.created", target: url, detail: { events } });
    return { endpoint, secret };
  });
}
