import { recordAudit } from "../audit/record-audit.ts";
import { readId } from "../platform/graphql/text.ts";
import type { Scope } from "../platform/scope.ts";
import type { EndpointWithSecret } from "./create-webhook-endpoint.ts";
import { lockedEndpoint } from "./locked-endpoint.ts";
import { revealedSecret } from "./signing-secret.ts";

/** Tells an endpoint's present secret again. Each time stands in the audit log, the secret does not. */
export function revealWebhookSecret(scope: Scope, input: { readonly id: string }): Promise<EndpointWithSecret> {
  const id = readId(input.id, "The endpoint");
  return scope.em.transactional(async (em) => {
    const endpoint = await lockedEndpoint(em, scope, id);
    const secret = revealedSecret(scope.platform.config, endpoint);
    await recordAudit(em, scope, { action: "webhookEndpoint.secretRevealed", target: endpoint.url });
    return { endpoint, secret };
  });
}
