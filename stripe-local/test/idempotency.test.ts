import { expect, test } from "vitest";
import { headerOf, newWorld } from "./world.ts";

const isReplayed = (answer: Parameters<typeof headerOf>[0]) => headerOf(answer, "idempotent-replayed") === "true";

test("the same key and parameters replay the first answer, in whatever order they come", async () => {
  const { stripe, faults } = await newWorld();
  const first = await stripe.customers.create({ name: "A", email: "a@b.c" }, { idempotencyKey: "k" });
  const again = await stripe.customers.create({ email: "a@b.c", name: "A" }, { idempotencyKey: "k" });
  expect({ ...again }).toEqual({ ...first });
  expect([isReplayed(first), isReplayed(again)]).toEqual([false, true]);
  expect(headerOf(again, "original-request")).toBe(headerOf(first, "request-id"));
  expect((await stripe.events.list()).data).toHaveLength(1);
  expect(faults).toEqual([]);
});

test("the same key with other parameters, or for another operation, is an error", async () => {
  const { stripe } = await newWorld();
  await stripe.customers.create({ name: "A" }, { idempotencyKey: "k" });
  const refusal = { statusCode: 400, type: "StripeIdempotencyError" };
  await expect(stripe.customers.create({ name: "B" }, { idempotencyKey: "k" })).rejects.toMatchObject(refusal);
  await expect(stripe.products.create({ name: "A" }, { idempotencyKey: "k" })).rejects.toMatchObject(refusal);
});

test("a key whose request is still under way is a conflict, and then replays", async () => {
  const { stripe, local } = await newWorld();
  await local("POST", "faults", [{ match: "POST /v1/customers", kind: "delay", ms: 400, times: 1 }]);
  const slow = stripe.customers.create({ name: "A" }, { idempotencyKey: "k" });
  await expect.poll(() => local("GET", "faults")).toEqual([]);
  await expect(stripe.customers.create({ name: "A" }, { idempotencyKey: "k" })).rejects.toMatchObject({
    statusCode: 409,
  });
  const { id } = await slow;
  expect((await stripe.customers.create({ name: "A" }, { idempotencyKey: "k" })).id).toBe(id);
});

test("parameters at fault do not use the key up; a declined card does", async () => {
  const { stripe, faults } = await newWorld();
  const key = { idempotencyKey: "k" };
  await expect(stripe.customers.create({ nam: "A" } as never, key)).rejects.toMatchObject({ statusCode: 400 });
  const { id } = await stripe.customers.create({ name: "A" }, key);

  const attach = () =>
    stripe.paymentMethods.attach("pm_card_chargeDeclined", { customer: id }, { idempotencyKey: "card" });
  await expect(attach()).rejects.toMatchObject({ statusCode: 402 });
  await expect(attach()).rejects.toMatchObject({ statusCode: 402, headers: { "idempotent-replayed": "true" } });
  expect(faults).toEqual([]);
});

test("of twenty at once with one key, one is done and all get its answer", async () => {
  const { stripe } = await newWorld();
  const all = await Promise.all(
    Array.from({ length: 20 }, () => stripe.customers.create({ name: "A" }, { idempotencyKey: "k" })),
  );
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect((await stripe.customers.list()).data).toHaveLength(1);
});
