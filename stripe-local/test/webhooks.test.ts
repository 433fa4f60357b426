import { expect, test } from "vitest";
import { newWorld } from "./world.ts";

const DAY = 86_400;

test("what is refused comes again after a while, the same event, until it is taken", async () => {
  const { stripe, hooks, local, faults } = await newWorld();
  hooks.answers.push(500, 302);
  const { id } = await stripe.customers.create();
  await expect.poll(() => hooks.received.length).toBe(1);
  expect(await local("GET", "webhooks")).toEqual({ pending: 0, waiting: 1, failed: 0 });
  expect((await stripe.events.list()).data[0]?.pending_webhooks).toBe(1);
  expect((await stripe.events.list({ delivery_success: false })).data).toHaveLength(1);

  await local("POST", "webhooks/flush");
  await local("POST", "webhooks/flush");
  expect(hooks.received.map(({ data }) => (data.object as { id: string }).id)).toEqual([id, id, id]);
  expect(new Set(hooks.received.map((event) => event.id)).size).toBe(1);
  expect(await local("GET", "webhooks")).toEqual({ pending: 0, waiting: 0, failed: 0 });
  expect((await stripe.events.list()).data[0]?.pending_webhooks).toBe(0);
  expect(faults).toEqual([]);
});

test("the first retry comes by itself", async () => {
  const { stripe, hooks } = await newWorld();
  hooks.answers.push(503);
  await stripe.customers.create();
  await expect.poll(() => hooks.received.length, { timeout: 10_000 }).toBe(2);
});

test("signatures carry the machine's time, also when the sandbox is far ahead", async () => {
  const { stripe, hooks, local, advanceTo, faults } = await newWorld();
  const later = Math.floor(Date.now() / 1000) + 400 * DAY;
  await advanceTo(later);
  await stripe.customers.create();
  await local("POST", "webhooks/flush");
  // The receiver of the tests takes signatures of the last five minutes only.
  expect(hooks.received.map(({ type }) => type)).toEqual(["customer.created"]);
  expect(hooks.received[0]?.created).toBeGreaterThanOrEqual(later);
  expect(faults).toEqual([]);
});

test("an endpoint gets the types it asked for, with a secret of its own that is told once", async () => {
  const { stripe, hooks, local } = await newWorld();
  const endpoint = await stripe.webhookEndpoints.create({ url: hooks.url, enabled_events: ["product.created"] });
  expect(endpoint.secret).toMatch(/^whsec_/);
  expect(await stripe.webhookEndpoints.retrieve(endpoint.id)).not.toHaveProperty("secret");
  hooks.answers.push(500, 500, 500, 500);
  await stripe.customers.create();
  await stripe.products.create({ name: "P" });
  expect((await stripe.events.list()).data.map(({ pending_webhooks: n }) => n)).toEqual([2, 1]);

  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  await stripe.products.create({ name: "Q" });
  expect((await stripe.events.list({ limit: 1 })).data[0]?.pending_webhooks).toBe(1);
  await stripe.webhookEndpoints.del(endpoint.id);
  await local("POST", "webhooks/flush");
  expect(hooks.received.filter(({ type }) => type === "product.created").length).toBeGreaterThanOrEqual(2);
});

test("webhooks can be lost, doubled, late and out of order, when that is asked for", async () => {
  const { stripe, hooks, local, faults } = await newWorld();
  await local("POST", "faults", [
    { match: "^customer.created", kind: "webhook-drop", times: 1 },
    { match: "^product.created", kind: "webhook-duplicate", times: 1 },
    { match: "^price.created", kind: "webhook-reorder", times: 1 },
    { match: "^billing.meter.created", kind: "webhook-late", ms: 600, times: 1 },
  ]);
  await stripe.billing.meters.create({ display_name: "M", event_name: "m", default_aggregation: { formula: "sum" } });
  await stripe.prices.create({ currency: "usd", unit_amount: 1, product_data: { name: "P" } });
  await stripe.customers.create({ name: "lost" });
  await stripe.customers.create({ name: "told" });
  await local("POST", "webhooks/flush");

  const types = hooks.received.map(({ type }) => type);
  expect(types.toSorted()).toEqual([
    "billing.meter.created",
    "customer.created",
    "price.created",
    "product.created",
    "product.created",
  ]);
  expect(types.slice(-2)).toEqual(["price.created", "billing.meter.created"]);
  expect((await stripe.events.list({ type: "customer.created" })).data).toHaveLength(2);
  expect(faults).toEqual([]);
});

test("a thousand events reach a slow endpoint, each of them, while the API answers", async () => {
  const { stripe, hooks, local, faults } = await newWorld();
  const names = Array.from({ length: 1_000 }, (_, index) => `c${index}`);
  for (let at = 0; at < names.length; at += 50) {
    await Promise.all(names.slice(at, at + 50).map((name) => stripe.customers.create({ name })));
    hooks.answers.push(500);
  }
  await local("POST", "webhooks/flush");
  await local("POST", "webhooks/flush");
  expect(new Set(hooks.received.map(({ data }) => (data.object as { name: string }).name)).size).toBe(1_000);
  expect(await local("GET", "webhooks")).toEqual({ pending: 0, waiting: 0, failed: 0 });
  expect(faults).toEqual([]);
});
