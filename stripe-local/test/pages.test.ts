import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { expect, onTestFinished, test } from "vitest";
import { newWorld, type World } from "./world.ts";

const goodCard = { number: "4242 4242 4242 4242", expiry: "12 / 44", cvc: "123", name: "A. Person" };

/** Sends a form as a browser does; where it leads, or the page that comes back. */
async function send(url: string, fields: Record<string, string>) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  return { status: answer.status, goesTo: answer.headers.get("location"), text: await answer.text() };
}

async function look(url: string) {
  const answer = await fetch(url, { redirect: "manual" });
  return { status: answer.status, goesTo: answer.headers.get("location"), text: await answer.text() };
}

/** A customer, a price and a session of Checkout that sells it. */
async function checkout({ stripe }: World, params: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const customer = await stripe.customers.create({ name: "Acme", email: "owner@acme.example" });
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 9900,
    recurring: { interval: "month" },
    product_data: { name: `Growth <script>alert("x")</script>` },
  });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "http://127.0.0.1:9/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://127.0.0.1:9/plans?a=1&b=2",
    ...params,
  });
  return { customer, session, url: session.url! };
}

const statusOf = async ({ stripe }: World, session: Stripe.Checkout.Session) =>
  (await stripe.checkout.sessions.retrieve(session.id)).status;

test("Checkout shows what is bought and for how much, sells it, and sends the person on", async () => {
  const world = await newWorld();
  const { customer, session, url } = await checkout(world);
  const page = await look(url);
  expect(page.text).toContain("$99.00");
  expect(page.text).toContain("Due today");
  expect(page.text).toContain(`href="http://127.0.0.1:9/plans?a=1&amp;b=2"`);
  expect(page.text).not.toContain("<script");

  const sent = await send(url, goodCard);
  expect(sent).toMatchObject({ status: 303 });
  const done = await look(new URL(sent.goesTo!, url).href);
  expect(done.goesTo).toBe(`http://127.0.0.1:9/done?session=${session.id}`);
  const { data } = await world.stripe.subscriptions.list({ customer: customer.id });
  expect(data).toMatchObject([{ status: "active" }]);
  expect(await send(url, goodCard)).toMatchObject({ status: 303 });
  expect((await world.stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
  expect(world.faults).toEqual([]);
});

test.each([
  ["a declined card", { number: "4000000000000002" }, "Your card was declined."],
  ["a card without funds", { number: "4000000000009995" }, "Your card has insufficient funds."],
  ["a number that is no test card's", { number: "4111111111111111" }, "Your card number is incorrect."],
  ["a date that has passed", { expiry: "01/20" }, "is in the past"],
  ["half a date", { expiry: "13" }, "expiry date is incomplete"],
  ["half a CVC", { cvc: "1" }, "security code is incomplete"],
])("%s leaves the session open and says what is wrong", async (_what, wrong, message) => {
  const world = await newWorld();
  const { customer, session, url } = await checkout(world);
  const sent = await send(url, { ...goodCard, ...wrong });
  expect(sent.status).toBe(422);
  expect(sent.text).toContain(message.replaceAll("'", "&#39;"));
  expect(sent.text).toContain("A. Person");
  expect(sent.text).not.toContain(`value="123"`);
  expect(await statusOf(world, session)).toBe("open");
  expect((await world.stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
  expect(world.faults).toEqual([]);
});

test("a card that asks for approval is used once it is approved, and not before", async () => {
  const world = await newWorld();
  const { session, url } = await checkout(world);
  const threeDSecure = { ...goodCard, number: "4000002760003184" };
  const bank = new URL((await send(url, threeDSecure)).goesTo!, url);
  expect(bank.pathname).toMatch(/^\/authenticate\//);
  expect((await look(bank.href)).text).toContain("Approve");
  expect(await statusOf(world, session)).toBe("open");

  const from = bank.searchParams.get("from")!;
  const failed = await send(bank.origin + bank.pathname, { from, answer: "fail" });
  expect((await look(new URL(failed.goesTo!, url).href)).text).toContain("Your bank could not confirm");
  expect(await statusOf(world, session)).toBe("open");

  const again = new URL((await send(url, threeDSecure)).goesTo!, url);
  await send(again.origin + again.pathname, { from, answer: "approve" });
  expect(await statusOf(world, session)).toBe("complete");
  expect(world.faults).toEqual([]);
});

test("the bank sends nobody to another site", async () => {
  const world = await newWorld();
  const { url } = await checkout(world);
  const bank = new URL((await send(url, { ...goodCard, number: "4000002760003184" })).goesTo!, url);
  const sent = await send(bank.origin + bank.pathname, { from: "//evil.example/", answer: "fail" });
  expect(sent.goesTo).not.toContain("evil");
});

test("a setup session saves a card and charges nothing; an expired one says so", async () => {
  const world = await newWorld();
  const { customer, url } = await checkout(world, { mode: "setup", currency: "usd", line_items: undefined as never });
  expect((await look(url)).text).toContain("Save card");
  await send(url, goodCard);
  expect((await world.stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
  expect((await world.stripe.invoices.list()).data).toEqual([]);

  const other = await checkout(world);
  await world.stripe.checkout.sessions.expire(other.session.id);
  expect(await look(other.url)).toMatchObject({ status: 410, text: expect.stringContaining("expired") });
  expect(await look(`${world.standIn.url}/checkout/cs_none`)).toMatchObject({ status: 404 });
  expect(world.faults).toEqual([]);
});

/** An open invoice of $12.50 for a new customer. */
async function openInvoice({ stripe }: World) {
  const customer = await stripe.customers.create({ name: "Acme" });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    collection_method: "send_invoice",
    days_until_due: 30,
  });
  await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount: 1250,
    currency: "usd",
    description: "Help",
  });
  return stripe.invoices.finalizeInvoice(draft.id);
}

test("an invoice can be paid on its page, with a new card after one that was declined", async () => {
  const world = await newWorld();
  const invoice = await openInvoice(world);
  const url = invoice.hosted_invoice_url!;
  expect((await look(url)).text).toContain("Pay $12.50");
  expect(await send(url, { ...goodCard, number: "4000000000000002" })).toMatchObject({
    status: 422,
    text: expect.stringContaining("Your card was declined."),
  });
  expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe("open");
  await send(url, goodCard);
  expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe("paid");
  const page = await look(url);
  expect(page.text).toContain("Thank you");
  expect(page.text).not.toContain("Pay $");

  const pdf = await fetch(invoice.invoice_pdf!);
  expect(pdf.headers.get("content-type")).toBe("application/pdf");
  const text = Buffer.from(await pdf.arrayBuffer()).toString("latin1");
  expect(text).toMatch(/^%PDF-1\.4/);
  expect(text).toContain("$12.50");
  expect(world.faults).toEqual([]);
});

test("an invoice whose payment the bank wants approved is paid once it is approved", async () => {
  const world = await newWorld();
  const { id, hosted_invoice_url: url } = await openInvoice(world);
  const bank = new URL((await send(url!, { ...goodCard, number: "4000002760003184" })).goesTo!, url!);
  expect((await look(bank.href)).text).toContain("Confirm $12.50");
  expect((await look(url!)).text).toContain("Your bank wants you to confirm this payment.");
  const from = bank.searchParams.get("from")!;
  const failed = await send(bank.origin + bank.pathname, { from, answer: "fail" });
  expect((await look(new URL(failed.goesTo!, url!).href)).text).toContain("Your bank could not confirm the payment");
  expect((await world.stripe.invoices.retrieve(id)).status).toBe("open");

  const again = new URL((await send(url!, { ...goodCard, number: "4000002760003184" })).goesTo!, url!);
  await send(again.origin + again.pathname, { from, answer: "approve" });
  expect((await world.stripe.invoices.retrieve(id)).status).toBe("paid");
  expect(world.faults).toEqual([]);
});

test("links that were given out follow the stand-in to another port", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stripe-local-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const before = await newWorld({ file: join(folder, "state.sqlite") });
  const { id } = await openInvoice(before);
  await before.standIn.close();
  const after = await newWorld({ file: join(folder, "state.sqlite") });
  const { hosted_invoice_url: url } = await after.stripe.invoices.retrieve(id);
  expect(new URL(url!).port).toBe(String(after.standIn.port));
  expect((await look(url!)).text).toContain("Pay $12.50");
});

test("a draft has no page", async () => {
  const world = await newWorld();
  const invoice = await openInvoice(world);
  const draft = await world.stripe.invoices.create({ customer: invoice.customer as string });
  const token = `test_${Buffer.from(draft.id).toString("base64url")}`;
  expect((await look(`${world.standIn.url}/invoice/${token}`)).status).toBe(404);
});

test("in the portal a person adds a card, makes it the default, cancels and comes back", async () => {
  const world = await newWorld();
  const { customer, url } = await checkout(world);
  await send(url, goodCard);
  const portal = await world.stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: "http://127.0.0.1:9/billing",
  });
  const page = await look(portal.url);
  expect(page.text).toContain(`href="http://127.0.0.1:9/billing"`);
  expect(page.text).toContain("Visa ending in 4242");

  await send(`${portal.url}/card`, { ...goodCard, number: "5555555555554444" });
  const methods = (await world.stripe.customers.listPaymentMethods(customer.id)).data;
  expect(methods.map(({ card }) => card?.last4)).toEqual(["4444", "4242"]);
  await send(`${portal.url}/default/${methods[0]!.id}`, {});
  // What ran on a card of its own follows, as it would not at a mere change of the customer.
  const { data: moved } = await world.stripe.subscriptions.list({ customer: customer.id });
  expect(moved.map(({ default_payment_method: id }) => id)).toEqual([methods[0]!.id]);
  await send(`${portal.url}/remove/${methods[1]!.id}`, {});
  expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({
    invoice_settings: { default_payment_method: methods[0]!.id },
  });
  expect((await world.stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);

  const [subscription] = (await world.stripe.subscriptions.list({ customer: customer.id })).data;
  await send(`${portal.url}/cancel/${subscription!.id}`, {});
  expect((await world.stripe.subscriptions.retrieve(subscription!.id)).cancel_at_period_end).toBe(true);
  expect((await look(portal.url)).text).toContain("Keep subscription");
  await send(`${portal.url}/keep/${subscription!.id}`, {});
  expect((await world.stripe.subscriptions.retrieve(subscription!.id)).cancel_at_period_end).toBe(false);
  expect(world.faults).toEqual([]);
});

test("nobody reaches another customer's cards or subscription through their own portal", async () => {
  const world = await newWorld();
  const { customer, url } = await checkout(world);
  await send(url, goodCard);
  const [method] = (await world.stripe.customers.listPaymentMethods(customer.id)).data;
  const [subscription] = (await world.stripe.subscriptions.list({ customer: customer.id })).data;
  const stranger = await world.stripe.customers.create();
  const portal = await world.stripe.billingPortal.sessions.create({ customer: stranger.id });
  for (const path of [`remove/${method!.id}`, `default/${method!.id}`, `cancel/${subscription!.id}`]) {
    expect((await send(`${portal.url}/${path}`, {})).status).toBe(404);
  }
  expect((await world.stripe.subscriptions.retrieve(subscription!.id)).cancel_at_period_end).toBe(false);
});

test("a portal that is opened for one thing leads there first", async () => {
  const world = await newWorld();
  const { customer, url } = await checkout(world);
  await send(url, goodCard);
  const [subscription] = (await world.stripe.subscriptions.list({ customer: customer.id })).data;
  const opened = async (flow_data: Stripe.BillingPortal.SessionCreateParams.FlowData) => {
    const session = await world.stripe.billingPortal.sessions.create({ customer: customer.id, flow_data });
    return { session, goesTo: (await look(session.url)).goesTo };
  };
  const card = await opened({ type: "payment_method_update" });
  expect(card.goesTo).toBe(`/portal/${card.session.id}/card`);
  const saved = await send(`${card.session.url}/card`, goodCard);
  expect((await look(new URL(saved.goesTo!, url).href)).text).toContain("The card is saved.");

  const subscription_cancel = { subscription: subscription!.id };
  const cancel = await opened({ type: "subscription_cancel", subscription_cancel });
  expect(cancel.goesTo).toBe(`/portal/${cancel.session.id}/cancel/${subscription!.id}`);
  await expect(opened({ type: "subscription_update" })).rejects.toMatchObject({ statusCode: 400 });
  expect(world.faults).toEqual([]);
});

test("a link to the portal is good for a day", async () => {
  const world = await newWorld();
  const { customer } = await checkout(world);
  const { url } = await world.stripe.billingPortal.sessions.create({ customer: customer.id });
  expect((await look(url)).status).toBe(200);
  await world.advanceTo(Math.floor(Date.now() / 1000) + 86_400 + 120);
  expect((await look(url)).text).toContain("expired");
});

test("the portal offers what it is configured to offer", async () => {
  const world = await newWorld();
  const { customer, url } = await checkout(world);
  await send(url, goodCard);
  const configuration = await world.stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
    business_profile: { headline: "Plans and cards" },
  });
  const portal = await world.stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
  });
  const page = (await look(portal.url)).text;
  expect(page).toContain("Plans and cards");
  expect(page).not.toContain("Cancel subscription");
  expect(page).not.toContain("Add payment method");
  const [subscription] = (await world.stripe.subscriptions.list({ customer: customer.id })).data;
  expect((await send(`${portal.url}/cancel/${subscription!.id}`, {})).status).toBe(422);
  expect((await send(`${portal.url}/card`, goodCard)).status).toBe(400);
  const more = { features: { subscription_pause: { enabled: true } } } as never;
  await expect(world.stripe.billingPortal.configurations.create(more)).rejects.toMatchObject({ statusCode: 400 });
  expect(world.faults).toEqual([]);
});
