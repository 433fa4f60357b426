import { beforeAll, describe, expect, test } from "vitest";
import type Stripe from "stripe";
import { cards, newStripeWorld, payOnPage, type StripeWorld } from "../../test/stripe-world.ts";
import { asOwner, deliver, eventsOf, forgetEvents, stateAfterEvents } from "../../test/stripe-events.ts";

const DAY = 86_400_000;
let world: StripeWorld;
let events: Stripe.Event[];
let state: string;

/** A month and more of two customers: bought, used, renewed, failed and paid, given back, canceled. */
beforeAll(async () => {
  world = await newStripeWorld();
  const one = await world.organization();
  const other = await world.organization();
  await world.buy(one.owner, "STARTER");
  await world.buy(other.owner, "PROFESSIONAL");
  const key = await world.apiKey(one.owner, ["usage:write"]);
  const generations = Array.from({ length: 120 }, (_, index) => ({
    idempotencyKey: `g${index}`,
    action: "GENERATION",
    complexity: "T3",
  }));
  await key.get(`mutation($e: [UsageEventInput!]!) { recordUsage(input: { events: $e }) { accepted } }`, {
    e: generations,
  });
  const customer = (await world.stripe.customers.list({ limit: 10 })).data.find(
    ({ metadata }) => metadata["organization_id"] === other.id,
  )!;
  const failing = await world.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
  for (const { id } of (await world.stripe.subscriptions.list({ customer: customer.id })).data)
    await world.stripe.subscriptions.update(id, { default_payment_method: failing.id });
  await world.pass(33 * DAY);
  const [open] = (await world.stripe.invoices.list({ customer: customer.id, status: "open" })).data;
  await payOnPage(open!.hosted_invoice_url!, cards.good);
  await world.settle();
  const [paid] = (await world.stripe.invoices.list({ customer: customer.id, status: "paid" })).data;
  await world.stripe.creditNotes.create({ invoice: paid!.id, amount: 1_000, refund_amount: 1_000 });
  await world.settle();
  events = await eventsOf(world);
  state = await stateAfterEvents();
});

/** Delivers the events one after another, each worked before the next comes. */
async function deliverInOrder(order: readonly Stripe.Event[]): Promise<void> {
  await forgetEvents();
  for (const event of order) {
    expect(await deliver(world, event)).toEqual({ status: 200, duplicate: false });
    await world.settle();
  }
}

/** A shuffle that is the same for the same seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = (index: number): number => {
    const x = Math.sin(seed * 997 + index * 13.37) * 10_000;
    return x - Math.floor(x);
  };
  return items
    .map((item, index) => ({ item, at: random(index) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe("a month's events lead to the same state", () => {
  test("which is worth comparing", () => {
    expect(events.length).toBeGreaterThan(60);
    expect(state).toContain("100");
    expect(state).toMatch(/"refund_minor": 1000/);
    expect(state).toMatch(/"kind": "USAGE"/);
  });

  test("in order", async () => {
    await deliverInOrder(events);
    expect(await stateAfterEvents()).toBe(state);
  });

  test("reversed", async () => {
    await deliverInOrder(events.toReversed());
    expect(await stateAfterEvents()).toBe(state);
  });

  test.each(Array.from({ length: 20 }, (_, index) => index + 1))("in random order %i", async (seed) => {
    await forgetEvents();
    const order = shuffled(events, seed);
    // In batches, so that work and arrival overlap, as they do when it is busy.
    for (let first = 0; first < order.length; first += 7) {
      await Promise.all(order.slice(first, first + 7).map((event) => deliver(world, event)));
      if (first % 3 === 0) await world.settle();
    }
    await world.settle();
    expect(await stateAfterEvents()).toBe(state);
  });

  test("each delivered 20 times at once: 19 are duplicates", async () => {
    await forgetEvents();
    for (const event of events) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(world, event)));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(answers.filter(({ duplicate }) => duplicate === true)).toHaveLength(19);
    }
    await world.settle();
    expect(await stateAfterEvents()).toBe(state);
    const [row] = await asOwner<{ count: string }>("select count(*) from stripe_inbox");
    expect(Number(row!.count)).toBe(events.length);
  });
});
