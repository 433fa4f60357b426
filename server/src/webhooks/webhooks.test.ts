import { beforeAll, expect, test, vi } from "vitest";
import { Webhook } from "standardwebhooks";
import { startReceiver, type Received } from "../../test/webhook-receiver.ts";
import { newWorld, type Asker, type World } from "../../test/world.ts";
import { features } from "../app/features.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { startWorker } from "../platform/jobs/worker.ts";
import { createLog } from "../platform/log.ts";
import { publishWebhook, publishWebhooks } from "./publish-webhook.ts";
import type { WebhookEventType } from "./webhook-event.ts";

const ENDPOINT =
  "id url description events createdAt failingSince disabledAt disabledBecause previousSecretUntil createdBy { id email } lastDay { delivered failed waiting }";
const DELIVERY =
  "id type messageId body state attemptCount nextTryAt createdAt endedAt endpoint { id url } attempts { number at durationMs headers { name value } status answer error } lastAttempt { number }";
const CREATE = `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename ... on Refusal { message } ... on WebhookEndpointSecret { secret endpoint { ${ENDPOINT} } } } }`;
const UPDATE = `mutation($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) { __typename ... on Refusal { message } ... on WebhookEndpoint { ${ENDPOINT} } } }`;
const DELETE = `mutation($id: ID!) { deleteWebhookEndpoint(input: { id: $id }) { ... on DeletedWebhookEndpoint { id } } }`;
const ROTATE = `mutation($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { ... on WebhookEndpointSecret { secret endpoint { ${ENDPOINT} } } } }`;
const TEST = `mutation($id: ID!) { testWebhookEndpoint(input: { id: $id }) { __typename ... on Refusal { message } ... on WebhookDelivery { ${DELIVERY} } } }`;
const RESEND = `mutation($id: ID!) { resendWebhook(input: { deliveryId: $id }) { __typename ... on Refusal { message } ... on WebhookDelivery { ${DELIVERY} } } }`;
const LIST = `{ organization { id webhookEndpoints { ${ENDPOINT} } } }`;
const LOG = `query($first: Int, $after: String, $endpointId: ID, $state: WebhookDeliveryState, $type: String) { organization { id webhookDeliveries(first: $first, after: $after, endpointId: $endpointId, state: $state, type: $type) { nodes { ${DELIVERY} } pageInfo { hasNextPage endCursor } } } }`;

/** Nobody listens there. */
const NOBODY = "http://127.0.0.1:65533/";

type Endpoint = { id: string; url: string };

let world: World;

beforeAll(async () => {
  world = await newWorld();
  const jobs = features.flatMap((feature) => feature.jobs ?? []);
  const worker = await startWorker(world.platform, jobs, createLog("silent"));
  return () => worker.stop();
});

const asPlatform = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => inPlatformTransaction(world.platform.pool, work);

async function register(
  owner: Asker,
  url: string,
  events: WebhookEventType[] = ["invoice.paid"],
): Promise<{ secret: string; endpoint: Endpoint }> {
  const { createWebhookEndpoint } = await owner.get(CREATE, { input: { url, events } });
  if (createWebhookEndpoint.__typename !== "WebhookEndpointSecret") throw new Error(createWebhookEndpoint.message);
  return createWebhookEndpoint;
}

const publish = (organizationId: string, key: string, type: WebhookEventType = "invoice.paid"): Promise<void> =>
  asPlatform((sql) => publishWebhook(sql, { organizationId, type, key, at: new Date(), data: { key } }));

const log = async (owner: Asker, variables: object = {}): Promise<any[]> =>
  (await owner.get(LOG, { ...variables })).organization.webhookDeliveries.nodes;

/** The newest delivery, once it is so. */
const newest = async (owner: Asker, state: string, variables: object = {}): Promise<any> =>
  vi.waitFor(
    async () => {
      const [delivery] = await log(owner, variables);
      expect(delivery?.state).toBe(state);
      return delivery;
    },
    { timeout: 20_000, interval: 30 },
  );

const arrived = (receiver: { received: Received[] }, count: number, timeout = 20_000): Promise<void> =>
  vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(count), { timeout, interval: 20 });

/** Makes what waits for its next try due now, as hours going by would. */
const hurry = (organizationId: string): Promise<unknown> =>
  asPlatform((sql) =>
    sql(
      `select qlp_enqueue('webhook.deliver', json_build_object('organizationId', organization_id, 'deliveryId', id, 'attempt', attempts + 1), 'webhook:' || id, null)
       from webhook_deliveries where organization_id = $1 and state = 'PENDING'`,
      [organizationId],
    ),
  );

const verify = (secret: string, { body, headers }: Received): any => new Webhook(secret).verify(body, headers);

test("an event arrives, verifies with the library, and stands in the log with its answer", async () => {
  const receiver = await startReceiver();
  const { owner, id, email } = await world.organization();
  const { secret, endpoint } = await register(owner, receiver.url);
  expect(secret).toMatch(/^whsec_/);
  await publish(id, "invoice.paid:é€😀");
  await publish(id, "invoice.voided:1", "invoice.voided");

  const delivery = await newest(owner, "DELIVERED");
  expect(receiver.received).toHaveLength(1);
  const [message] = receiver.received;
  expect(verify(secret, message!)).toMatchObject({
    type: "invoice.paid",
    organizationId: id,
    data: { key: "invoice.paid:é€😀" },
  });
  expect(message!.headers).toMatchObject({ "content-type": "application/json", "webhook-id": delivery.messageId });
  expect(() => verify(secret, { ...message!, body: message!.body.replace("paid", "void") })).toThrow("signature");
  expect(delivery).toMatchObject({
    type: "invoice.paid",
    body: message!.body,
    attemptCount: 1,
    nextTryAt: null,
    endpoint: { id: endpoint.id },
    attempts: [{ number: 1, status: 200, answer: "thanks", error: null }],
    lastAttempt: { number: 1 },
  });
  const sent = Object.fromEntries(
    delivery.attempts[0].headers.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  expect(Object.keys(sent).toSorted()).toEqual([
    "content-type",
    "user-agent",
    "webhook-id",
    "webhook-signature",
    "webhook-timestamp",
  ]);
  expect(message!.headers).toMatchObject(sent);
  expect((await owner.get(LIST)).organization.webhookEndpoints).toMatchObject([
    {
      id: endpoint.id,
      events: ["invoice.paid"],
      createdBy: { email },
      lastDay: { delivered: 1, failed: 0, waiting: 0 },
    },
  ]);
});

test("while one receiver hangs, another is served at once", async () => {
  const hanging = await startReceiver();
  hanging.answer = () => undefined;
  const quick = await startReceiver();
  const { owner, id } = await world.organization();
  await register(owner, hanging.url);
  await register(owner, quick.url, ["invoice.voided"]);
  const events = Array.from({ length: 60 }, (_, index) => index);
  await asPlatform((sql) =>
    publishWebhooks(
      sql,
      events.map((index) => ({
        organizationId: id,
        type: "invoice.paid" as const,
        key: `hangs:${index}`,
        at: new Date(),
        data: {},
      })),
    ),
  );
  await arrived(hanging, 3);
  const began = performance.now();
  for (const index of events.slice(0, 20)) await publish(id, `quick:${index}`, "invoice.voided");
  await arrived(quick, 20, 5_000);
  expect(performance.now() - began).toBeLessThan(5_000);
  // No more than three of one endpoint's tries run at once.
  expect(hanging.received).toHaveLength(3);

  // After its first time-outs it waits among the slow ones, a message at a time, and the quick lane is free.
  await arrived(hanging, 4, 15_000);
  await vi.waitFor(async () => {
    const rows = await asPlatform((sql) =>
      sql("select id from webhook_endpoints where organization_id = $1 and slow_since is not null", [id]),
    );
    expect(rows).toHaveLength(1);
  });
  expect(hanging.received.length).toBeLessThan(6);
  const again = performance.now();
  await publish(id, "quick:again", "invoice.voided");
  await arrived(quick, 21, 3_000);
  expect(performance.now() - again).toBeLessThan(3_000);
  hanging.answer = (response) => void response.writeHead(200).end();
}, 60_000);

test("a failed try is repeated with the same id, body and a fresh signature, until it arrives", async () => {
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(503).end("later");
  const { owner, id } = await world.organization();
  const { secret } = await register(owner, receiver.url);
  await publish(id, "retried");
  const waiting = await vi.waitFor(async () => {
    const [delivery] = await log(owner);
    expect(delivery).toMatchObject({ state: "PENDING", attemptCount: 1 });
    return delivery;
  });
  expect(waiting.attempts).toMatchObject([{ status: 503, answer: "later", error: "Answered 503." }]);
  const waitMs = new Date(waiting.nextTryAt).getTime() - Date.now();
  expect(waitMs).toBeGreaterThan(25_000);
  expect(waitMs).toBeLessThan(34_000);
  expect((await owner.get(LIST)).organization.webhookEndpoints[0].failingSince).not.toBeNull();

  receiver.answer = (response) => void response.writeHead(204).end();
  await hurry(id);
  const delivery = await newest(owner, "DELIVERED");
  expect(delivery.attempts.map(({ status }: { status: number }) => status)).toEqual([503, 204]);
  const [first, second] = receiver.received;
  expect(second!.headers["webhook-id"]).toBe(first!.headers["webhook-id"]);
  expect(second!.body).toBe(first!.body);
  verify(secret, second!);
  expect((await owner.get(LIST)).organization.webhookEndpoints[0].failingSince).toBeNull();
});

test("after eight tries a message waits to be sent again, and then is, under its id", async () => {
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(500).end();
  const { owner, id } = await world.organization();
  await register(owner, receiver.url);
  await publish(id, "given up");
  for (let tries = 1; tries < 8; tries += 1) {
    await vi.waitFor(async () => expect((await log(owner))[0].attemptCount).toBe(tries), { timeout: 10_000 });
    await hurry(id);
  }
  const dead = await newest(owner, "FAILED");
  expect(dead).toMatchObject({ attemptCount: 8, nextTryAt: null });
  expect(dead.attempts).toHaveLength(8);
  expect(await log(owner, { state: "FAILED" })).toHaveLength(1);
  expect(await log(owner, { state: "DELIVERED" })).toEqual([]);

  receiver.answer = (response) => void response.writeHead(200).end();
  const { resendWebhook } = await owner.get(RESEND, { id: dead.id });
  expect(resendWebhook).toMatchObject({ __typename: "WebhookDelivery", state: "PENDING" });
  expect(await newest(owner, "DELIVERED")).toMatchObject({ id: dead.id, attemptCount: 9, messageId: dead.messageId });
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([dead.messageId]));
});

test("an endpoint that nothing has reached for three days is switched off when a message gives up, with a letter", async () => {
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(500).end();
  const { owner, id, email } = await world.organization();
  const { endpoint } = await register(owner, receiver.url);
  await publish(id, "the last straw");
  await vi.waitFor(async () => expect((await log(owner))[0]?.attemptCount).toBe(1));
  await asPlatform(async (sql) => {
    await sql("update webhook_deliveries set tries_in_round = 7 where organization_id = $1", [id]);
    await sql(
      "update webhook_endpoints set failing_since = now() - interval '3 days 1 hour' where organization_id = $1",
      [id],
    );
  });
  await hurry(id);
  await newest(owner, "FAILED");
  expect((await owner.get(LIST)).organization.webhookEndpoints).toMatchObject([
    { disabledAt: expect.any(String), disabledBecause: "failing" },
  ]);
  const mails = await asPlatform((sql) =>
    sql<{ subject: string; text: string }>(`select subject, text from mails where "to" = $1`, [email]),
  );
  expect(mails).toMatchObject([{ subject: "A webhook endpoint was switched off" }]);
  expect(mails[0]!.text).toContain(receiver.url);

  await publish(id, "while it is off");
  expect(await log(owner)).toHaveLength(1);
  expect((await owner.get(TEST, { id: endpoint.id })).testWebhookEndpoint.__typename).toBe("WebhookEndpointDisabled");
  receiver.answer = (response) => void response.writeHead(200).end();
  await owner.get(UPDATE, { input: { id: endpoint.id, enabled: true } });
  await publish(id, "when it is on again");
  await newest(owner, "DELIVERED");
  expect((await owner.get(LIST)).organization.webhookEndpoints).toMatchObject([
    { disabledAt: null, disabledBecause: null, failingSince: null },
  ]);
});

test("a receiver that says 410 gets nothing more", async () => {
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(410).end();
  const { owner, id } = await world.organization();
  await register(owner, receiver.url);
  await publish(id, "gone");
  expect(await newest(owner, "FAILED")).toMatchObject({ attemptCount: 1 });
  expect((await owner.get(LIST)).organization.webhookEndpoints).toMatchObject([{ disabledBecause: "gone" }]);
});

test("a redirect is a failure and is not followed", async () => {
  const elsewhere = await startReceiver("/elsewhere");
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(302, { location: elsewhere.url }).end();
  const { owner, id } = await world.organization();
  await register(owner, receiver.url);
  await publish(id, "redirected");
  await vi.waitFor(async () =>
    expect((await log(owner))[0]?.attempts).toMatchObject([
      { status: 302, error: "Answered 302: redirects are not followed." },
    ]),
  );
  expect(elsewhere.received).toEqual([]);
});

test("an address that became private since it was saved is not sent to", async () => {
  const { owner, id } = await world.organization();
  const { endpoint } = await register(owner, NOBODY);
  await asPlatform((sql) =>
    sql("update webhook_endpoints set url = 'https://10.0.0.1/' where organization_id = $1 and id = $2", [
      id,
      endpoint.id,
    ]),
  );
  await publish(id, "private");
  await vi.waitFor(async () =>
    expect((await log(owner))[0]?.attempts).toMatchObject([
      { status: null, error: "10.0.0.1 is not an address of the public internet." },
    ]),
  );
});

test("during a rotation each of the two secrets verifies, afterwards the new one alone", async () => {
  const receiver = await startReceiver();
  const { owner, id } = await world.organization();
  const { secret: old, endpoint } = await register(owner, receiver.url);
  const { rotateWebhookSecret: rotated } = await owner.get(ROTATE, { input: { id: endpoint.id } });
  const untilMs = new Date(rotated.endpoint.previousSecretUntil).getTime() - Date.now();
  expect(Math.round(untilMs / 3_600_000)).toBe(24);
  expect(rotated.secret).not.toBe(old);

  await publish(id, "during");
  await arrived(receiver, 1);
  expect(receiver.received[0]!.headers["webhook-signature"]!.split(" ")).toHaveLength(2);
  verify(old, receiver.received[0]!);
  verify(rotated.secret, receiver.received[0]!);

  await asPlatform((sql) =>
    sql("update webhook_endpoints set previous_until = now() where organization_id = $1", [id]),
  );
  await publish(id, "afterwards");
  await arrived(receiver, 2);
  expect(() => verify(old, receiver.received[1]!)).toThrow("signature");
  verify(rotated.secret, receiver.received[1]!);
  expect((await owner.get(LIST)).organization.webhookEndpoints[0].previousSecretUntil).toBeNull();

  const { rotateWebhookSecret: atOnce } = await owner.get(ROTATE, { input: { id: endpoint.id, overlapSeconds: 0 } });
  await publish(id, "at once");
  await arrived(receiver, 3);
  expect(receiver.received[2]!.headers["webhook-signature"]).not.toContain(" ");
  verify(atOnce.secret, receiver.received[2]!);
});

test("secrets lie sealed, each for its endpoint", async () => {
  const { owner, id } = await world.organization();
  const { secret } = await register(owner, NOBODY);
  const [row] = await asPlatform((sql) =>
    sql<{ secret: string }>("select secret from webhook_endpoints where organization_id = $1", [id]),
  );
  expect(row!.secret).toMatch(/^m1:/);
  expect(row!.secret).not.toContain(secret.slice("whsec_".length));
});

test("a test goes to one endpoint whatever it has chosen, once", async () => {
  const receiver = await startReceiver();
  const other = await startReceiver();
  const { owner } = await world.organization();
  const { secret, endpoint } = await register(owner, receiver.url, ["hold.expired"]);
  await register(owner, other.url);
  const { testWebhookEndpoint } = await owner.get(TEST, { id: endpoint.id });
  expect(testWebhookEndpoint).toMatchObject({ __typename: "WebhookDelivery", type: "webhook.test", attemptCount: 0 });
  await newest(owner, "DELIVERED");
  expect(verify(secret, receiver.received[0]!)).toMatchObject({ type: "webhook.test" });
  expect(other.received).toEqual([]);

  receiver.answer = (response) => void response.writeHead(500).end("broken");
  await owner.get(TEST, { id: endpoint.id });
  expect(await newest(owner, "FAILED")).toMatchObject({ attemptCount: 1, attempts: [{ answer: "broken" }] });
});

test("people do not send more by hand than people would", async () => {
  const { owner } = await world.organization();
  const { endpoint } = await register(owner, NOBODY);
  const answers = await Promise.all(Array.from({ length: 35 }, () => owner.ask(TEST, { id: endpoint.id })));
  const refused = answers.flatMap(({ errors }) => errors ?? []);
  expect(refused).toHaveLength(6);
  expect(refused[0]).toMatchObject({ extensions: { code: "RATE_LIMITED", retryAfterSeconds: expect.any(Number) } });
});

test.each([
  { input: { url: "https://10.0.0.1/", events: ["invoice.paid"] }, is: "WebhookUrlRefused", says: "public internet" },
  { input: { url: "ftp://example.com/", events: ["invoice.paid"] }, is: "WebhookUrlRefused", says: "https://" },
  { input: { url: NOBODY, events: [] }, is: "UnknownWebhookEvent", says: "at least one" },
  { input: { url: NOBODY, events: ["webhook.test"] }, is: "UnknownWebhookEvent", says: "webhook.test" },
])("$input is refused as $is", async ({ input, is, says }) => {
  const { owner } = await world.organization();
  const { createWebhookEndpoint } = await owner.get(CREATE, { input });
  expect(createWebhookEndpoint).toMatchObject({ __typename: is, message: expect.stringContaining(says) as string });
  const { endpoint } = await register(owner, NOBODY);
  expect((await owner.get(UPDATE, { input: { id: endpoint.id, ...input } })).updateWebhookEndpoint.__typename).toBe(is);
});

test("an organization has at most ten endpoints, also when they are made at once", async () => {
  const { owner } = await world.organization();
  const answers = await Promise.all(
    Array.from({ length: 14 }, () => owner.get(CREATE, { input: { url: NOBODY, events: ["invoice.paid"] } })),
  );
  const kinds = answers.map(({ createWebhookEndpoint }) => createWebhookEndpoint.__typename as string);
  expect(kinds.filter((kind) => kind === "WebhookEndpointSecret")).toHaveLength(10);
  expect(kinds.filter((kind) => kind === "TooManyWebhookEndpoints")).toHaveLength(4);
});

test("each change is an entry in the audit log, and one that changes nothing is none", async () => {
  const { owner } = await world.organization();
  const { endpoint } = await register(owner, NOBODY);
  const change = { id: endpoint.id, description: "Accounting", events: ["hold.expired", "invoice.paid"] };
  const { updateWebhookEndpoint } = await owner.get(UPDATE, { input: change });
  expect(updateWebhookEndpoint).toMatchObject({ description: "Accounting", events: ["hold.expired", "invoice.paid"] });
  await owner.get(UPDATE, { input: change });
  await owner.get(ROTATE, { input: { id: endpoint.id } });
  await owner.get(TEST, { id: endpoint.id });
  const delivery = (await log(owner))[0];
  await owner.get(RESEND, { id: delivery.id });
  await owner.get(DELETE, { id: endpoint.id });
  expect((await owner.get(LIST)).organization.webhookEndpoints).toEqual([]);
  expect(await log(owner)).toEqual([]);
  const { organization } = await owner.get("{ organization { id auditLog { nodes { action target } } } }");
  expect(
    organization.auditLog.nodes
      .filter(({ action }: { action: string }) => action.startsWith("webhook"))
      .map(({ action }: { action: string }) => action),
  ).toEqual([
    "webhookEndpoint.deleted",
    "webhook.resent",
    "webhookEndpoint.tested",
    "webhookEndpoint.secretRotated",
    "webhookEndpoint.changed",
    "webhookEndpoint.created",
  ]);
});

test("switched off, an endpoint gets nothing, what waited for it included", async () => {
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(500).end();
  const { owner, id } = await world.organization();
  const { endpoint } = await register(owner, receiver.url);
  await publish(id, "waits");
  await vi.waitFor(async () => expect((await log(owner))[0]?.attemptCount).toBe(1));
  await owner.get(UPDATE, { input: { id: endpoint.id, enabled: false } });
  const given = await newest(owner, "FAILED");
  await publish(id, "not kept");
  expect(await log(owner)).toHaveLength(1);
  expect((await owner.get(RESEND, { id: given.id })).resendWebhook.__typename).toBe("WebhookEndpointDisabled");
  expect(receiver.received).toHaveLength(1);
});

test("the log is paged, newest first, for one endpoint or all", async () => {
  const receiver = await startReceiver();
  const { owner, id } = await world.organization();
  const { endpoint } = await register(owner, receiver.url);
  await register(owner, receiver.url);
  for (const key of ["one", "two", "three"]) await publish(id, key);
  expect(await log(owner)).toHaveLength(6);
  const page = (variables: Record<string, unknown>) =>
    owner.get(LOG, variables).then((data) => data.organization.webhookDeliveries);
  const first = await page({ first: 2, endpointId: endpoint.id });
  expect(first.nodes.map(({ body }: { body: string }) => JSON.parse(body).data.key)).toEqual(["three", "two"]);
  const rest = await page({ first: 2, endpointId: endpoint.id, after: first.pageInfo.endCursor });
  expect(rest.nodes.map(({ body }: { body: string }) => JSON.parse(body).data.key)).toEqual(["one"]);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  await publish(id, "unheard", "invoice.voided");
  await owner.get(TEST, { id: endpoint.id });
  const ofType = async (type: string): Promise<string[]> =>
    (await page({ first: 50, type })).nodes.map((node: { type: string }) => node.type);
  expect(await ofType("webhook.test")).toEqual(["webhook.test"]);
  expect(await ofType("invoice.paid")).toHaveLength(6);
  expect(await ofType("invoice.voided")).toEqual([]);
});

test("who does not manage keys sees no webhooks; another tenant finds none; staff see them and change nothing", async () => {
  const { owner, id } = await world.organization();
  const { endpoint } = await register(owner, NOBODY);
  const { testWebhookEndpoint: delivery } = await owner.get(TEST, { id: endpoint.id });
  const ONE = `query($id: ID!) { organization { id webhookDelivery(id: $id) { id } } }`;
  expect((await owner.get(ONE, { id: delivery.id })).organization.webhookDelivery).toEqual({ id: delivery.id });

  const key = await world.apiKey(owner, ["usage:read", "billing:write", "members:write"]);
  expect((await key.ask(LIST)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect((await key.ask(TEST, { id: endpoint.id })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);

  const stranger = (await world.organization()).owner;
  for (const [operation, variables] of [
    [UPDATE, { input: { id: endpoint.id, enabled: false } }],
    [DELETE, { id: endpoint.id }],
    [ROTATE, { input: { id: endpoint.id } }],
    [TEST, { id: endpoint.id }],
    [RESEND, { id: delivery.id }],
  ] as const)
    expect((await stranger.ask(operation, variables)).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  expect((await stranger.get(ONE, { id: delivery.id })).organization.webhookDelivery).toBeNull();
  expect(await log(stranger, { endpointId: endpoint.id })).toEqual([]);

  const support = await world.staff("SUPPORT");
  const seen = await support.get(
    `query($id: ID!) { organization(id: $id) { id webhookEndpoints { id url } webhookDeliveries { nodes { id lastAttempt { number } } } } }`,
    { id },
  );
  expect(seen.organization.webhookEndpoints).toMatchObject([{ id: endpoint.id }]);
  expect((await support.ask(TEST, { id: endpoint.id })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});
