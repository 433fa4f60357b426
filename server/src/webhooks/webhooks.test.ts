import { expect, test, vi } from "vitest";
import {
  arrived,
  asPlatform,
  hurry,
  LIST,
  log,
  newest,
  NOBODY,
  publish,
  register,
  RESEND,
  TEST,
  UPDATE,
  verify,
  withJobs,
} from "../../test/webhook-customer.ts";
import { startReceiver } from "../../test/webhook-receiver.ts";
import { newWorld } from "../../test/world.ts";
import { publishWebhooks } from "./publish-webhook.ts";

const world = await newWorld();
withJobs(world);

test("an event arrives, verifies with the library, and stands in the log with its answer", async () => {
  const receiver = await startReceiver();
  const { owner, id, email } = await world.organization();
  const { secret, endpoint } = await register(owner, receiver.url);
  expect(secret).toMatch(/^whsec_/);
  await publish(world, id, "invoice.paid:é€😀");
  await publish(world, id, "invoice.voided:1", "invoice.voided");

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
  await asPlatform(world, (sql) =>
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
  for (const index of events.slice(0, 20)) await publish(world, id, `quick:${index}`, "invoice.voided");
  await arrived(quick, 20, 5_000);
  expect(performance.now() - began).toBeLessThan(5_000);
  // No more than three of one endpoint's tries run at once.
  expect(hanging.received).toHaveLength(3);

  // After its first time-outs it waits among the slow ones, a message at a time, and the quick lane is free.
  await arrived(hanging, 4, 15_000);
  await vi.waitFor(async () => {
    const rows = await asPlatform(world, (sql) =>
      sql("select id from webhook_endpoints where organization_id = $1 and slow_since is not null", [id]),
    );
    expect(rows).toHaveLength(1);
  });
  expect(hanging.received.length).toBeLessThan(6);
  const again = performance.now();
  await publish(world, id, "quick:again", "invoice.voided");
  await arrived(quick, 21, 3_000);
  expect(performance.now() - again).toBeLessThan(3_000);
  hanging.answer = (response) => void response.writeHead(200).end();
}, 60_000);

test("a failed try is repeated with the same id, body and a fresh signature, until it arrives", async () => {
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(503).end("later");
  const { owner, id } = await world.organization();
  const { secret } = await register(owner, receiver.url);
  await publish(world, id, "retried");
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
  await hurry(world, id);
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
  await publish(world, id, "given up");
  for (let tries = 1; tries < 8; tries += 1) {
    await vi.waitFor(async () => expect((await log(owner))[0].attemptCount).toBe(tries), { timeout: 10_000 });
    await hurry(world, id);
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
  await publish(world, id, "the last straw");
  await vi.waitFor(async () => expect((await log(owner))[0]?.attemptCount).toBe(1));
  await asPlatform(world, async (sql) => {
    await sql("update webhook_deliveries set tries_in_round = 7 where organization_id = $1", [id]);
    await sql(
      "update webhook_endpoints set failing_since = now() - interval '3 days 1 hour' where organization_id = $1",
      [id],
    );
  });
  await hurry(world, id);
  await newest(owner, "FAILED");
  expect((await owner.get(LIST)).organization.webhookEndpoints).toMatchObject([
    { disabledAt: expect.any(String), disabledBecause: "failing" },
  ]);
  const mails = await asPlatform(world, (sql) =>
    sql<{ subject: string; text: string }>(`select subject, text from mails where "to" = $1`, [email]),
  );
  expect(mails).toMatchObject([{ subject: "A webhook endpoint was switched off" }]);
  expect(mails[0]!.text).toContain(receiver.url);

  await publish(world, id, "while it is off");
  expect(await log(owner)).toHaveLength(1);
  expect((await owner.get(TEST, { id: endpoint.id })).testWebhookEndpoint.__typename).toBe("WebhookEndpointDisabled");
  receiver.answer = (response) => void response.writeHead(200).end();
  await owner.get(UPDATE, { input: { id: endpoint.id, enabled: true } });
  await publish(world, id, "when it is on again");
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
  await publish(world, id, "gone");
  expect(await newest(owner, "FAILED")).toMatchObject({ attemptCount: 1 });
  expect((await owner.get(LIST)).organization.webhookEndpoints).toMatchObject([{ disabledBecause: "gone" }]);
});

test("a redirect is a failure and is not followed", async () => {
  const elsewhere = await startReceiver("/elsewhere");
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(302, { location: elsewhere.url }).end();
  const { owner, id } = await world.organization();
  await register(owner, receiver.url);
  await publish(world, id, "redirected");
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
  await asPlatform(world, (sql) =>
    sql("update webhook_endpoints set url = 'https://10.0.0.1/' where organization_id = $1 and id = $2", [
      id,
      endpoint.id,
    ]),
  );
  await publish(world, id, "private");
  await vi.waitFor(async () =>
    expect((await log(owner))[0]?.attempts).toMatchObject([
      { status: null, error: "10.0.0.1 is not an address of the public internet." },
    ]),
  );
});
