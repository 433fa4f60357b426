import type Stripe from "stripe";
import { expect, test } from "vitest";
import { newWorld } from "./world.ts";

async function customers(stripe: Stripe, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.unshift((await stripe.customers.create({ name: `c${index}`, email: `${index % 2}@b.c` })).id);
  }
  return ids;
}

test("pages go from the newest to the oldest and back, each object once", async () => {
  const { stripe, faults } = await newWorld();
  const newestFirst = await customers(stripe, 7);
  const page = async (params: Stripe.CustomerListParams) => {
    const { data, has_more } = await stripe.customers.list(params);
    return { ids: data.map(({ id }) => id), has_more };
  };
  expect(await page({ limit: 3 })).toEqual({ ids: newestFirst.slice(0, 3), has_more: true });
  expect(await page({ limit: 3, starting_after: newestFirst[2]! })).toEqual({
    ids: newestFirst.slice(3, 6),
    has_more: true,
  });
  expect(await page({ limit: 3, starting_after: newestFirst[5]! })).toEqual({
    ids: newestFirst.slice(6),
    has_more: false,
  });
  expect(await page({ limit: 3, ending_before: newestFirst[6]! })).toEqual({
    ids: newestFirst.slice(3, 6),
    has_more: true,
  });
  expect(await page({ limit: 3, ending_before: newestFirst[2]! })).toEqual({
    ids: newestFirst.slice(0, 2),
    has_more: false,
  });

  const all: string[] = [];
  for await (const { id } of stripe.customers.list({ limit: 2 })) all.push(id);
  expect(all).toEqual(newestFirst);
  await expect(page({ starting_after: "cus_none" })).rejects.toMatchObject({
    code: "resource_missing",
    param: "starting_after",
  });
  expect(faults).toEqual([]);
});

test.each([0, 101])("a limit of %i is refused", async (limit) => {
  const { stripe } = await newWorld();
  await expect(stripe.customers.list({ limit })).rejects.toMatchObject({ statusCode: 400, param: "limit" });
});

test("filters look through all pages, and by the sandbox's time", async () => {
  const { stripe, advanceTo } = await newWorld();
  const [early] = await customers(stripe, 3);
  const later = Math.floor(Date.now() / 1000) + 30 * 86_400;
  await advanceTo(later);
  const late = await stripe.customers.create({ email: "late@b.c" });

  expect((await stripe.customers.list({ email: "1@b.c" })).data).toHaveLength(1);
  expect((await stripe.customers.list({ created: { gte: later } })).data.map(({ id }) => id)).toEqual([late.id]);
  expect((await stripe.customers.list({ created: { lt: later } })).data[0]?.id).toBe(early);
  expect((await stripe.events.list({ created: { gte: later } })).data.map(({ type }) => type)).toEqual([
    "customer.created",
  ]);
});

test("events can be walked from one that was seen last", async () => {
  const { stripe, faults } = await newWorld();
  await customers(stripe, 5);
  await stripe.products.create({ name: "P" });
  const all = (await stripe.events.list()).data;
  const seen = all[4]!;
  const missed = await stripe.events.list({
    ending_before: seen.id,
    limit: 3,
    types: ["customer.created", "product.created"],
  });
  expect(missed.data.map(({ id }) => id)).toEqual(all.slice(1, 4).map(({ id }) => id));
  expect(missed.has_more).toBe(true);
  expect(await stripe.events.retrieve(seen.id)).toMatchObject({
    type: "customer.created",
    request: { id: expect.stringMatching(/^req_/) },
  });
  expect(faults).toEqual([]);
});

test("expand puts objects in the place of ids, four levels deep, and nothing else", async () => {
  const { stripe, faults } = await newWorld();
  const product = await stripe.products.create({ name: "P" });
  const price = await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 1 });
  await stripe.products.update(product.id, { default_price: price.id });

  expect((await stripe.prices.retrieve(price.id)).product).toBe(product.id);
  const deep = await stripe.prices.list({ expand: ["data.product.default_price.product"] });
  expect(deep.data[0]).toMatchObject({
    product: { id: product.id, default_price: { id: price.id, product: { name: "P" } } },
  });
  const expanding = (path: string) => stripe.prices.retrieve(price.id, { expand: [path] });
  await expect(expanding("producer")).rejects.toMatchObject({ statusCode: 400, param: "expand[0]" });
  await expect(expanding("currency")).rejects.toMatchObject({ statusCode: 400 });
  await expect(expanding("product.default_price.product.default_price.product")).rejects.toThrow(/more than 4 levels/);
  expect(faults).toEqual([]);
});
