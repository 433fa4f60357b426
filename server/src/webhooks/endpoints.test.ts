import { expect, test, vi } from "vitest";
import {
  arrived,
  asPlatform,
  CREATE,
  DELETE,
  LIST,
  LOG,
  log,
  newest,
  NOBODY,
  publish,
  register,
  RESEND,
  REVEAL,
  ROTATE,
  TEST,
  UPDATE,
  verify,
  withJobs,
} from "../../test/webhook-customer.ts";
import { startReceiver } from "../../test/webhook-receiver.ts";
import { newWorld } from "../../test/world.ts";

const world = await newWorld();
withJobs(world);

test("during a rotation each of the two secrets verifies, afterwards the new one alone", async () => {
  const receiver = await startReceiver();
  const { owner, id } = await world.organization();
  const { secret: old, endpoint } = await register(owner, receiver.url);
  const { rotateWebhookSecret: rotated } = await owner.get(ROTATE, { input: { id: endpoint.id } });
  const untilMs = new Date(rotated.endpoint.previousSecretUntil).getTime() - Date.now();
  expect(Math.round(untilMs / 3_600_000)).toBe(24);
  expect(rotated.secret).not.toBe(old);

  await publish(world, id, "during");
  await arrived(receiver, 1);
  expect(receiver.received[0]!.headers["webhook-signature"]!.split(" ")).toHaveLength(2);
  verify(old, receiver.received[0]!);
  verify(rotated.secret, receiver.received[0]!);

  await asPlatform(world, (sql) =>
    sql("update webhook_endpoints set previous_until = now() where organization_id = $1", [id]),
  );
  await publish(world, id, "afterwards");
  await arrived(receiver, 2);
  expect(() => verify(old, receiver.received[1]!)).toThrow("signature");
  verify(rotated.secret, receiver.received[1]!);
  expect((await owner.get(LIST)).organization.webhookEndpoints[0].previousSecretUntil).toBeNull();

  const { rotateWebhookSecret: atOnce } = await owner.get(ROTATE, { input: { id: endpoint.id, overlapSeconds: 0 } });
  await publish(world, id, "at once");
  await arrived(receiver, 3);
  expect(receiver.received[2]!.headers["webhook-signature"]).not.toContain(" ");
  verify(atOnce.secret, receiver.received[2]!);
});

test("who manages webhooks can have the present secret told again, after a rotation the new one", async () => {
  const { owner } = await world.organization();
  const { secret, endpoint } = await register(owner, NOBODY);
  const { revealWebhookSecret: revealed } = await owner.get(REVEAL, { id: endpoint.id });
  expect(revealed).toEqual({ secret, endpoint: { id: endpoint.id } });
  const { rotateWebhookSecret: rotated } = await owner.get(ROTATE, { input: { id: endpoint.id } });
  expect((await owner.get(REVEAL, { id: endpoint.id })).revealWebhookSecret.secret).toBe(rotated.secret);
});

test("secrets lie sealed, each for its endpoint", async () => {
  const { owner, id } = await world.organization();
  const { secret } = await register(owner, NOBODY);
  const [row] = await asPlatform(world, (sql) =>
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
  await owner.get(REVEAL, { id: endpoint.id });
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
    "webhookEndpoint.secretRevealed",
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
  await publish(world, id, "waits");
  await vi.waitFor(async () => expect((await log(owner))[0]?.attemptCount).toBe(1));
  await owner.get(UPDATE, { input: { id: endpoint.id, enabled: false } });
  const given = await newest(owner, "FAILED");
  await publish(world, id, "not kept");
  expect(await log(owner)).toHaveLength(1);
  expect((await owner.get(RESEND, { id: given.id })).resendWebhook.__typename).toBe("WebhookEndpointDisabled");
  expect(receiver.received).toHaveLength(1);
});

test("the log is paged, newest first, for one endpoint or all", async () => {
  const receiver = await startReceiver();
  const { owner, id } = await world.organization();
  const { endpoint } = await register(owner, receiver.url);
  await register(owner, receiver.url);
  for (const key of ["one", "two", "three"]) await publish(world, id, key);
  expect(await log(owner)).toHaveLength(6);
  const page = (variables: Record<string, unknown>) =>
    owner.get(LOG, variables).then((data) => data.organization.webhookDeliveries);
  const first = await page({ first: 2, endpointId: endpoint.id });
  expect(first.nodes.map(({ body }: { body: string }) => JSON.parse(body).data.key)).toEqual(["three", "two"]);
  const rest = await page({ first: 2, endpointId: endpoint.id, after: first.pageInfo.endCursor });
  expect(rest.nodes.map(({ body }: { body: string }) => JSON.parse(body).data.key)).toEqual(["one"]);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  await publish(world, id, "unheard", "invoice.voided");
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
  for (const act of [TEST, REVEAL])
    expect((await key.ask(act, { id: endpoint.id })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);

  const stranger = (await world.organization()).owner;
  for (const [operation, variables] of [
    [UPDATE, { input: { id: endpoint.id, enabled: false } }],
    [DELETE, { id: endpoint.id }],
    [ROTATE, { input: { id: endpoint.id } }],
    [REVEAL, { id: endpoint.id }],
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
  for (const act of [TEST, REVEAL])
    expect((await support.ask(act, { id: endpoint.id })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});
