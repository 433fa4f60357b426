import type { FastifyInstance } from "fastify";
import { systemClock } from "../kernel/clock.ts";
import type { Platform } from "../platform/scope.ts";
import { Inbox } from "./receive-events.ts";
import { inboxEventOf } from "./stripe-event.ts";
import { stripeOf, unixOf } from "./stripe-client.ts";
import { eventsReceived } from "./stripe-metrics.ts";

/** A signature is good for five minutes, in case the clocks differ or the event waited. */
const TOLERANCE_SECONDS = 300;

/** A signature from further ahead was not made by a clock like ours. The library lets it pass. */
const AHEAD_SECONDS = 10;

const MAX_BODY_BYTES = 1_048_576;

/**
 * `POST /webhooks/stripe`: takes an event when its signature over the raw bytes is good, and answers
 * once the event is durable. It is worked by a job.
 */
export function serveStripeWebhook(server: FastifyInstance, platform: Platform): void {
  const inbox = new Inbox(platform.pool);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  server.post("/webhooks/stripe", async (request, reply) => {
    const refuse = (message: string) => {
      eventsReceived.inc({ outcome: "refused", type: "unknown" });
      return reply.code(400).send({ error: { message } });
    };
    const signature = request.headers["stripe-signature"];
    if (typeof signature !== "string") return refuse("The header Stripe-Signature is missing.");
    if (!Buffer.isBuffer(request.body)) return refuse("The body is empty.");
    const fault = signatureFault(platform, request.body, signature);
    if (fault !== null) return refuse(fault);
    const event = inboxEventOf(parsed(request.body));
    if (event === null) return refuse("The body is not an event.");
    const isNew = await inbox.store(event);
    return reply.code(200).send({ received: true, duplicate: !isNew });
  });
}

/** Says what is wrong with a signature; null when it is good under one of the secrets. */
function signatureFault(platform: Platform, body: Buffer, signature: string): string | null {
  const { webhookSecrets } = platform.config.stripe;
  if (webhookSecrets.length === 0) return "STRIPE_WEBHOOK_SECRETS is not set, so no signature can be checked.";
  const signedAt = /(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature)?.[1];
  if (signedAt === undefined) return "The signature has no time.";
  if (Number(signedAt) > unixOf(systemClock()) + AHEAD_SECONDS) return "The signature is from the future.";
  const { signature: check } = stripeOf(platform).webhooks;
  if (!check) return "Signatures cannot be checked.";
  const good = webhookSecrets.some((secret) => {
    try {
      return check.verifyHeader(body, signature, secret, TOLERANCE_SECONDS);
    } catch {
      return false;
    }
  });
  return good ? null : `The signature is wrong, or older than ${TOLERANCE_SECONDS} seconds.`;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
