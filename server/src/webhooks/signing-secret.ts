import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Config } from "../platform/config.ts";
import { seal, unseal } from "../platform/crypto/seal.ts";

type Keys = Pick<Config, "masterKeys">;
type Place = { readonly organizationId: string; readonly id: string };

const SECRET_BYTES = 32;

const placeOf = ({ organizationId, id }: Place): string => `webhook ${organizationId} ${id}`;

/** A new secret for an endpoint: as its owner gets it, and as it is stored. */
export function newSigningSecret(keys: Keys, endpoint: Place): { secret: string; sealed: string } {
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  return { secret, sealed: seal(keys, placeOf(endpoint), secret) };
}

/** The present secret of an endpoint as its owner knows it. */
export const revealedSecret = (keys: Keys, endpoint: Place & { readonly secret: string }): string =>
  unseal(keys, placeOf(endpoint), endpoint.secret);

/** What an endpoint signs with: the present secret, and the one before it while their overlap lasts. */
export type SigningSecrets = Place & {
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousUntil: Date | null;
};

/**
 * The headers of one try. A message keeps its id through all of them; the time is that of the try,
 * since receivers refuse what is old.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signedHeaders(
  keys: Keys,
  endpoint: SigningSecrets,
  messageId: string,
  body: string,
  now: Date,
): Record<string, string> {
  const overlaps = endpoint.previousUntil !== null && now < endpoint.previousUntil;
  const sealed =
    overlaps && endpoint.previousSecret !== null ? [endpoint.secret, endpoint.previousSecret] : [endpoint.secret];
  const signatures = sealed.map((text) =>
    new Webhook(unseal(keys, placeOf(endpoint), text)).sign(messageId, now, body),
  );
  return {
    "webhook-id": messageId,
    "webhook-timestamp": Math.floor(now.getTime() / 1_000).toString(),
    "webhook-signature": signatures.join(" "),
  };
}
