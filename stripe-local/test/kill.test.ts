import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { expect, onTestFinished, test } from "vitest";
import { freePort, startProcess } from "./process.ts";
import { clientOf, listenForHooks, WEBHOOK_SECRET } from "./world.ts";

const clientAt = (port: number, faults: string[]) =>
  clientOf({ port, url: `http://127.0.0.1:${port}`, close: () => Promise.resolve() }, faults);

/** Writes until the process is gone, and notes what was acknowledged under the key it was sent with. */
async function writeUntilGone(stripe: Stripe, writer: number, acknowledged: Map<string, string>): Promise<void> {
  for (let index = 0; ; index += 1) {
    const key = `w${writer}-${index}`;
    try {
      const { id } = await stripe.customers.create({ name: key }, { idempotencyKey: key });
      acknowledged.set(key, id);
    } catch {
      return;
    }
  }
}

test("what was acknowledged before a kill -9 is there afterwards, with its event, its webhook and its key", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stripe-local-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const faults: string[] = [];
  const stripe = clientAt(port, faults);
  const acknowledged = new Map<string, string>();
  const hooks = await listenForHooks(faults);
  onTestFinished(hooks.close);
  const env = { STRIPE_LOCAL_WEBHOOK_URL: hooks.url, STRIPE_LOCAL_WEBHOOK_SECRET: WEBHOOK_SECRET };

  for (let round = 0; round < 3; round += 1) {
    const running = await startProcess(folder, port, env);
    const writers = Array.from({ length: 6 }, (_, index) => writeUntilGone(stripe, round * 10 + index, acknowledged));
    const before = acknowledged.size;
    await expect.poll(() => acknowledged.size - before, { timeout: 20_000 }).toBeGreaterThan(60 + 25 * round);
    running.process.kill("SIGKILL");
    await once(running.process, "exit");
    await Promise.all(writers);
  }

  await startProcess(folder, port, env);
  const found = new Map<string, string>();
  for await (const { id, name } of stripe.customers.list({ limit: 100 })) found.set(String(name), id);
  const told = new Set<string>();
  for await (const { data } of stripe.events.list({ limit: 100 })) told.add((data.object as Stripe.Customer).id);

  expect(acknowledged.size).toBeGreaterThan(100);
  for (const [key, id] of acknowledged) expect([key, found.get(key)]).toEqual([key, id]);
  // One that was committed and not yet acknowledged may be there too, but each with its event, and none twice.
  expect(told).toEqual(new Set(found.values()));
  await fetch(`http://127.0.0.1:${port}/_local/webhooks/flush`, { method: "POST" });
  expect(new Set(hooks.received.map(({ data }) => (data.object as Stripe.Customer).id))).toEqual(told);
  expect(found.size - acknowledged.size).toBeLessThanOrEqual(3 * 6);
  for (const [key, id] of [...acknowledged].slice(-20)) {
    expect((await stripe.customers.create({ name: key }, { idempotencyKey: key })).id).toBe(id);
  }
  expect(faults).toEqual([]);
});

test("a kill -9 while the clock is moved leaves nothing younger than the clock", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stripe-local-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const stripe = clientAt(port, []);
  const running = await startProcess(folder, port);
  const product = { name: "Starter" };
  const recurring = { interval: "day" } as const;
  const price = await stripe.prices.create({ currency: "usd", unit_amount: 2900, recurring, product_data: product });
  for (let index = 0; index < 10; index += 1) {
    const customer = await stripe.customers.create();
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.subscriptions.create({
      customer: customer.id,
      default_payment_method: card.id,
      items: [{ price: price.id }],
    });
  }
  const clock = `http://127.0.0.1:${port}/_local/clock`;
  const start = Math.floor(Date.now() / 1000);
  const moving = fetch(`${clock}/advance`, { method: "POST", body: JSON.stringify({ to: start + 365 * 86_400 }) });
  moving.catch(() => undefined);
  await expect
    .poll(async () => (await stripe.events.list({ limit: 1, type: "invoice.paid" })).data[0]?.created ?? 0, {
      timeout: 20_000,
    })
    .toBeGreaterThan(start + 3 * 86_400);
  running.process.kill("SIGKILL");
  await once(running.process, "exit");

  await startProcess(folder, port);
  const [newest] = (await stripe.events.list({ limit: 1 })).data;
  const { now } = (await (await fetch(clock)).json()) as { now: number };
  expect(newest!.created).toBeGreaterThan(start + 3 * 86_400);
  expect(newest!.created).toBeLessThan(start + 364 * 86_400);
  expect(now / 1000).toBeGreaterThanOrEqual(newest!.created);
  // And it goes on where it was, without doing anything twice.
  await fetch(`${clock}/advance`, { method: "POST", body: JSON.stringify({ to: newest!.created + 2 * 86_400 }) });
  const { data: invoices } = await stripe.invoices.list({ limit: 100, created: { gte: newest!.created } });
  const keys = invoices.map(({ customer, period_start }) => `${customer as string} ${period_start}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test("SIGTERM ends it cleanly; neither a live key nor a state that another process has lets it start", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stripe-local-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const running = await startProcess(folder, port);
  await clientAt(port, []).customers.create();
  running.process.kill("SIGTERM");
  expect(await once(running.process, "exit")).toEqual([0, null]);

  const first = await startProcess(folder, port);
  await expect(startProcess(folder, await freePort())).rejects.toThrow("It ended with 1.");
  first.process.kill("SIGTERM");
  await once(first.process, "exit");
  const live = startProcess(folder, port, { STRIPE_LOCAL_SECRET_KEY: "sk_live_51abc" });
  await expect(live).rejects.toThrow("It ended with 1.");
});
