import { recordAudit } from "../audit/record-audit.ts";
import { SECOND_MS, systemClock } from "../kernel/clock.ts";
import { badInput } from "../platform/graphql/errors.ts";
import { readId } from "../platform/graphql/text.ts";
import type { Scope } from "../platform/scope.ts";
import type { EndpointWithSecret } from "./create-webhook-endpoint.ts";
import { lockedEndpoint } from "./locked-endpoint.ts";
import { newSigningSecret } from "./signing-secret.ts";

export type RotateWebhookSecret = { readonly id: string; readonly overlapSeconds?: number | null };

const DEFAULT_OVERLAP_SECONDS = 86_400;
const MAX_OVERLAP_SECONDS = 604_800;

/**
 * Gives an endpoint a new secret. For `overlapSeconds` messages carry a signature by each of the two,
 * so that the receiver can change over; a secret from before the last rotation ends at once.
 */
export async function rotateWebhookSecret(scope: Scope, input: RotateWebhookSecret): Promise<EndpointWithSecret> {
  const id = readId(input.id, "The endpoint");
  const overlapSeconds = input.overlapSeconds ?? DEFAULT_OVERLAP_SECONDS;
  if (overlapSeconds < 0 || overlapSeconds > MAX_OVERLAP_SECONDS)
    throw badInput(`overlapSeconds must be from 0 to ${MAX_OVERLAP_SECONDS}.`);

  return scope.em.transactional(async (em) => {
    const endpoint = await lockedEndpoint(em, scope, id);
    const { secret, sealed } = newSigningSecret(scope.platform.config, endpoint);
    endpoint.previousSecret = overlapSeconds === 0 ? null : endpoint.secret;
    endpoint.previousUntil =
      overlapSeconds === 0 ? null : new Date(systemClock().getTime() + overlapSeconds * SECOND_MS);
    endpoint.secret = sealed;
    await em.flush();
    await recordAudit(em, scope, {
      action: "webhookEndpoint.secretRotated",
      target: endpoint.url,
      detail: { overlapSeconds },
    });
    return { endpoint, secret };
  });
}
