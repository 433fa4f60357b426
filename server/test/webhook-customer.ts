import { Webhook } from "standardwebhooks";
import { beforeAll, expect, vi } from "vitest";
import { features } from "../src/app/features.ts";
import type { Sql } from "../src/platform/database/sql.ts";
import { inPlatformTransaction } from "../src/platform/database/tenant-transaction.ts";
import { startWorker } from "../src/platform/jobs/worker.ts";
import { createLog } from "../src/platform/log.ts";
import { publishWebhook } from "../src/webhooks/publish-webhook.ts";
import type { WebhookEventType } from "../src/webhooks/webhook-event.ts";
import type { Received } from "./webhook-receiver.ts";
import type { Asker, World } from "./world.ts";

const ENDPOINT =
  "id url description events createdAt failingSince disabledAt disabledBecause previousSecretUntil createdBy { id email } lastDay { delivered failed waiting }";
const DELIVERY =
  "id type messageId body state attemptCount nextTryAt createdAt endedAt endpoint { id url } attempts { number at durationMs headers { name value } status answer error } lastAttempt { number }";
export const CREATE = `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename ... on Refusal { message } ... on WebhookEndpointSecret { secret endpoint { ${ENDPOINT} } } } }`;
export const UPDATE = `mutation($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) { __typename ... on Refusal { message } ... on WebhookEndpoint { ${ENDPOINT} } } }`;
export const DELETE = `mutation($id: ID!) { deleteWebhookEndpoint(input: { id: $id }) { ... on DeletedWebhookEndpoint { id } } }`;
export const ROTATE = `mutation($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { ... on WebhookEndpointSecret { secret endpoint { ${ENDPOINT} } } } }`;
export const REVEAL = `mutation($id: ID!) { revealWebhookSecret(input: { id: $id }) { secret endpoint { id } } }`;
export const TEST = `mutation($id: ID!) { testWebhookEndpoint(input: { id: $id }) { __typename ... on Refusal { message } ... on WebhookDelivery { ${DELIVERY} } } }`;
export const RESEND = `mutation($id: ID!) { resendWebhook(input: { deliveryId: $id }) { __typename ... on Refusal { message } ... on WebhookDelivery { ${DELIVERY} } } }`;
export const LIST = `{ organization { id webhookEndpoints { ${ENDPOINT} } } }`;
export const LOG = `query($first: Int, $after: String, $endpointId: ID, $state: WebhookDeliveryState, $type: String) { organization { id webhookDeliveries(first: $first, after: $after, endpointId: $endpointId, state: $state, type: $type) { nodes { ${DELIVERY} } pageInfo { hasNextPage endCursor } } } }`;

/** Nobody listens there. */
export const NOBODY = "http://127.0.0.1:65533/";

type Endpoint = { id: string; url: string };

/** Runs the product's jobs beside the tests of a file. */
export function withJobs(world: World): void {
  beforeAll(async () => {
    const jobs = features.flatMap((feature) => feature.jobs ?? []);
    const worker = await startWorker(world.platform, jobs, createLog("silent"));
    return () => worker.stop();
  });
}

export const asPlatform = <T>({ platform }: World, work: (sql: Sql) => Promise<T>): Promise<T> =>
  inPlatformTransaction(platform.pool, work);

export async function register(
  owner: Asker,
  url: string,
  events: WebhookEventType[] = ["invoice.paid"],
): Promise<{ secret: string; endpoint: Endpoint }> {
  const { createWebhookEndpoint } = await owner.get(CREATE, { input: { url, events } });
  if (createWebhookEndpoint.__typename !== "WebhookEndpointSecret") throw new Error(createWebhookEndpoint.message);
  return createWebhookEndpoint;
}

export const publish = (
  world: World,
  organizationId: string,
  key: string,
  type: WebhookEventType = "invoice.paid",
): Promise<void> =>
  asPlatform(world, (sql) => publishWebhook(sql, { organizationId, type, key, at: new Date(), data: { key } }));

export const log = async (owner: Asker, variables: object = {}): Promise<any[]> =>
  (await owner.get(LOG, { ...variables })).organization.webhookDeliveries.nodes;

/** The newest delivery, once it is so. */
export const newest = async (owner: Asker, state: string, variables: object = {}): Promise<any> =>
  vi.waitFor(
    async () => {
      const [delivery] = await log(owner, variables);
      expect(delivery?.state).toBe(state);
      return delivery;
    },
    { timeout: 20_000, interval: 30 },
  );

export const arrived = (receiver: { received: Received[] }, count: number, timeout = 20_000): Promise<void> =>
  vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(count), { timeout, interval: 20 });

/** Makes what waits for its next try due now, as hours going by would. */
export const hurry = (world: World, organizationId: string): Promise<unknown> =>
  asPlatform(world, (sql) =>
    sql(
      `select qlp_enqueue('webhook.deliver', json_build_object('organizationId', organization_id, 'deliveryId', id, 'attempt', attempts + 1), 'webhook:' || id, null)
       from webhook_deliveries where organization_id = $1 and state = 'PENDING'`,
      [organizationId],
    ),
  );

export const verify = (secret: string, { body, headers }: Received): any => new Webhook(secret).verify(body, headers);
