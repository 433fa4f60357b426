import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { expect, onTestFinished, test } from "vitest";
import { newWorld, type World } from "./world.ts";

const DAY = 86_400;

/** A customer with a card and a monthly subscription from now on. */
async function subscriber({ stripe }: World, params: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const customer = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2900,
    recurring: { interval: "month" },
    product_data: { name: "Starter" },
  });
  return stripe.subscriptions.create({
    customer: customer.id,
    default_payment_method: card.id,
    items: [{ price: price.id }],
    billing_mode: { type: "flexible" },
    ...params,
  });
}

const periodEnd = ({ items }: Stripe.Subscription): number => items.data[0]!.current_period_end;

test("going a year ahead renews twelve times, each time at its own instant", async () => {
  const world = await newWorld();
  const subscription = await subscriber(world);
  const start = subscription.billing_cycle_anchor;
  await world.advanceTo(start + 366 * DAY);

  const invoices = (await world.stripe.invoices.list({ limit: 100 })).data.toReversed();
  expect(invoices).toHaveLength(13);
  const day = new Date(start * 1000).getUTCDate();
  for (const { created } of invoices) expect(new Date(created * 1000).getUTCDate()).toBe(day);
  expect(invoices.every(({ created }, index) => created > (invoices[index - 1]?.created ?? 0))).toBe(true);
  const events = (await world.stripe.events.list({ limit: 100 })).data;
  expect(events.map(({ created }) => created)).toEqual(events.map(({ created }) => created).toSorted((a, b) => b - a));
  expect(world.faults).toEqual([]);
});

test("step goes to one instant at a time and stands there until the next step", async () => {
  const world = await newWorld();
  const subscription = await subscriber(world);
  const until = periodEnd(subscription) + DAY;
  const instants: number[] = [];
  for (;;) {
    const step = await world.local("POST", "clock/step", { until });
    if (step.reachedUntil) break;
    instants.push(step.now);
    expect(step.worked).toBeGreaterThan(0);
    const { now, nextDue } = await world.local("GET", "clock");
    expect(now).toBeLessThanOrEqual((nextDue ?? Infinity) * 1000);
  }
  expect(instants).toContain(periodEnd(subscription));
  expect(instants).toEqual([...new Set(instants)].toSorted((a, b) => a - b));
  const { now } = await world.local("GET", "clock");
  expect(now).toBeGreaterThanOrEqual(until * 1000);
  expect(now).toBeLessThan((until + 60) * 1000);
  expect(world.faults).toEqual([]);
});

test("what a request does between two steps counts before what comes later", async () => {
  const world = await newWorld();
  const subscription = await subscriber(world);
  const end = periodEnd(subscription);
  while ((await world.local("GET", "clock")).nextDue < end) await world.local("POST", "clock/step", { until: end - 1 });
  await world.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  await world.advanceTo(end + DAY);
  expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  expect((await world.stripe.invoices.list()).data).toHaveLength(1);
  expect(world.faults).toEqual([]);
});

test("the clock never goes back, and says so", async () => {
  const { local } = await newWorld();
  const now = Math.floor(Date.now() / 1000);
  await local("POST", "clock/advance", { to: now + DAY });
  await expect(local("POST", "clock/advance", { to: now })).rejects.toThrow(/only moves forward/);
  await expect(local("POST", "clock/advance", { to: (now + DAY) * 1000 })).rejects.toThrow(/unix seconds/);
});

test("two who move the clock at once move it one after the other", async () => {
  const world = await newWorld();
  const subscription = await subscriber(world);
  const end = periodEnd(subscription);
  await Promise.allSettled([
    world.advanceTo(end + 40 * DAY),
    world.advanceTo(end + 70 * DAY),
    world.advanceTo(end + 10),
  ]);
  expect((await world.stripe.invoices.list({ limit: 100 })).data).toHaveLength(4);
  expect((await world.local("GET", "clock")).now).toBeGreaterThanOrEqual((end + 70 * DAY) * 1000);
  expect(world.faults).toEqual([]);
});

test("time that went by while it was closed is made up for, in order", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stripe-local-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "state.sqlite");
  let machine = Date.now();
  const before = await newWorld({ file, now: () => machine });
  const subscription = await subscriber(before);
  await before.advanceTo(periodEnd(subscription) - DAY);
  await before.standIn.close();

  machine += 32 * DAY * 1000;
  const after = await newWorld({ file, now: () => machine });
  const { data } = await after.stripe.invoices.list();
  expect(data.map(({ created }) => created)).toContain(periodEnd(subscription));
  expect((await after.local("GET", "clock")).now).toBeGreaterThanOrEqual((periodEnd(subscription) + 30 * DAY) * 1000);
  expect([...before.faults, ...after.faults]).toEqual([]);
});

test("what falls due is done and told although nobody asks", async () => {
  let machine = Date.now();
  const world = await newWorld({ now: () => machine });
  const subscription = await subscriber(world);
  await world.local("POST", "webhooks/flush");
  const told = world.hooks.received.length;
  machine += (periodEnd(subscription) - subscription.start_date) * 1000 + 2_000;
  await expect
    .poll(() => world.hooks.received.slice(told).map(({ type }) => type), { timeout: 10_000 })
    .toContain("invoice.created");
  expect(world.faults).toEqual([]);
});
