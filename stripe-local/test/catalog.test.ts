import { expect, test } from "vitest";
import { newWorld } from "./world.ts";

test("customers, products and prices come back as they were put, and nothing in them is against the contract", async () => {
  const { stripe, hooks, faults, local } = await newWorld();
  const customer = await stripe.customers.create({
    name: "Łódź & Söhne [GmbH]",
    email: "a+b@example.com",
    address: { line1: "1 Main St", country: "US" },
    metadata: { organization: "o-1", "a b": "x=y&z" },
    preferred_locales: ["de", "en"],
  });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    name: "Łódź & Söhne [GmbH]",
    address: { line1: "1 Main St", country: "US", city: null },
    metadata: { organization: "o-1", "a b": "x=y&z" },
    preferred_locales: ["de", "en"],
  });

  const product = await stripe.products.create({ id: "plan_pro", name: "Pro", metadata: { plan: "pro" } });
  const flat = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 9900,
    recurring: { interval: "month" },
    lookup_key: "pro_monthly",
  });
  const tiered = await stripe.prices.create({
    product: product.id,
    currency: "USD",
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    recurring: { interval: "month" },
    tiers: [
      { up_to: 1000, unit_amount: 0 },
      { up_to: "inf", unit_amount_decimal: "0.250" as never },
    ],
    expand: ["tiers", "product"],
  });
  expect(tiered).toMatchObject({ currency: "usd", unit_amount: null, product: { name: "Pro" } });
  expect(tiered.tiers?.map(({ up_to }) => up_to)).toEqual([1000, null]);
  expect(String(tiered.tiers?.[1]?.unit_amount_decimal)).toBe("0.25");
  expect(await stripe.prices.retrieve(tiered.id)).not.toHaveProperty("tiers");

  const found = await stripe.prices.list({ lookup_keys: ["pro_monthly"], expand: ["data.product"] });
  expect(found.data).toMatchObject([{ id: flat.id, product: { id: "plan_pro" } }]);
  await local("POST", "webhooks/flush");
  expect(hooks.received.map(({ type }) => type).toSorted()).toEqual([
    "customer.created",
    "price.created",
    "price.created",
    "product.created",
  ]);
  expect(faults).toEqual([]);
});

test("an update tells what was before, and only that", async () => {
  const { stripe, hooks, faults, local } = await newWorld();
  const { id } = await stripe.customers.create({ name: "Acme", metadata: { a: "1", b: "2" } });
  const updated = await stripe.customers.update(id, { name: "Acme Inc.", metadata: { b: "", c: "3" } });
  expect(updated.metadata).toEqual({ a: "1", c: "3" });
  await stripe.customers.update(id, { name: "Acme Inc." });

  await local("POST", "webhooks/flush");
  const changes = hooks.received.filter(({ type }) => type === "customer.updated");
  expect(changes.map(({ data }) => data.previous_attributes)).toEqual([
    { name: "Acme", metadata: { b: "2", c: null } },
  ]);
  expect(changes[0]?.data.object).toMatchObject({ name: "Acme Inc." });
  expect(faults).toEqual([]);
});

test("a lookup key belongs to one price, until it is transferred", async () => {
  const { stripe, faults } = await newWorld();
  const product = await stripe.products.create({ name: "Pro" });
  const price = { product: product.id, currency: "usd", unit_amount: 100, lookup_key: "pro" };
  const first = await stripe.prices.create(price);
  await expect(stripe.prices.create(price)).rejects.toMatchObject({ param: "lookup_key", statusCode: 400 });
  const second = await stripe.prices.create({ ...price, transfer_lookup_key: true });

  expect((await stripe.prices.list({ lookup_keys: ["pro"] })).data.map(({ id }) => id)).toEqual([second.id]);
  expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  expect(faults).toEqual([]);
});

test("a card is attached, made the default, and gone from both when it is detached", async () => {
  const { stripe, faults } = await newWorld();
  const { id } = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_mastercard", { customer: id });
  expect(card).toMatchObject({ customer: id, card: { brand: "mastercard", last4: "4444" } });
  const customer = await stripe.customers.update(id, {
    invoice_settings: { default_payment_method: card.id },
    expand: ["invoice_settings.default_payment_method"],
  });
  expect(customer.invoice_settings.default_payment_method).toMatchObject({ id: card.id, card: { last4: "4444" } });
  expect((await stripe.customers.listPaymentMethods(id)).data.map((method) => method.id)).toEqual([card.id]);

  await stripe.paymentMethods.detach(card.id);
  expect((await stripe.customers.listPaymentMethods(id)).data).toEqual([]);
  expect(await stripe.customers.retrieve(id)).toMatchObject({ invoice_settings: { default_payment_method: null } });
  expect(faults).toEqual([]);
});

test.each([
  ["pm_card_chargeDeclined", "card_declined", "generic_decline"],
  ["pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
  ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"],
  ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"],
])("the bank refuses to let %s be saved, with code %s", async (alias, code, decline_code) => {
  const { stripe, faults } = await newWorld();
  const { id } = await stripe.customers.create();
  const refusal = { type: "StripeCardError", statusCode: 402, code, decline_code };
  await expect(stripe.paymentMethods.attach(alias, { customer: id })).rejects.toMatchObject(refusal);
  expect((await stripe.customers.listPaymentMethods(id)).data).toEqual([]);
  expect(faults).toEqual([]);
});

test("a deleted customer is a tombstone that no request can change", async () => {
  const { stripe, faults } = await newWorld();
  const { id } = await stripe.customers.create();
  expect(await stripe.customers.del(id)).toEqual({ id, object: "customer", deleted: true });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
  await expect(stripe.customers.update(id, { name: "x" })).rejects.toMatchObject({ code: "resource_missing" });
  expect((await stripe.customers.list()).data).toEqual([]);
  expect(faults).toEqual([]);
});
