import { Webhook } from "standardwebhooks";
import { expect, test, vi } from "vitest";
import { expireHoldsJob } from "../src/entitlements/expire-holds.job.ts";
import { chosenEvents } from "../src/webhooks/webhook-event.ts";
import { newStripeWorld } from "./stripe-world.ts";
import { startReceiver } from "./webhook-receiver.ts";

const DAY = 86_400_000;

test("a plan that is bought and canceled, its invoice, and a hold that ran out are told as they happen", async () => {
  const world = await newStripeWorld();
  const receiver = await startReceiver();
  const { owner, id } = await world.organization();
  const { createWebhookEndpoint } = await owner.get(
    `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { ... on WebhookEndpointSecret { secret } ... on Refusal { message } } }`,
    { input: { url: receiver.url, events: chosenEvents } },
  );
  const verifier = new Webhook(createWebhookEndpoint.secret);
  const told = (): any[] => receiver.received.map(({ body, headers }) => verifier.verify(body, headers));
  const typesOf = (kind: string): string[] =>
    told()
      .filter(({ type }) => type.startsWith(kind))
      .map(({ type }) => type);
  const until = (work: () => void): Promise<void> => vi.waitFor(work, { timeout: 15_000, interval: 50 });

  await world.buy(owner, "STARTER");
  await until(() => expect(typesOf("invoice").toSorted()).toEqual(["invoice.issued", "invoice.paid"]));
  expect(told().find(({ type }) => type === "invoice.paid")).toMatchObject({
    organizationId: id,
    data: { status: "PAID", total: "99.00", amountRemaining: "0.00", currency: "USD" },
  });
  await until(() =>
    expect(told().find(({ type }) => type === "subscription.updated")).toMatchObject({
      data: { plan: "starter", status: "ACTIVE", changed: expect.arrayContaining(["plan"]) },
    }),
  );

  const before = receiver.received.length;
  await owner.get(`mutation { cancelSubscription(input: { atPeriodEnd: true }) { __typename } }`);
  await world.settle();
  await until(() => expect(receiver.received.length).toBeGreaterThan(before));
  expect(told().slice(before)[0]).toMatchObject({
    type: "subscription.updated",
    data: { changed: ["cancelAt"], cancelAt: expect.any(String) },
  });

  const key = await world.apiKey(owner, ["usage:write"]);
  const { authorizeUsage } = await key.get(
    `mutation { authorizeUsage(input: { action: GENERATION, complexity: T1, hold: true, holdSeconds: 60 }) { hold { id } } }`,
  );
  await world.pass(61_000);
  await expireHoldsJob.run(world.platform, {});
  await until(() => expect(typesOf("hold")).toEqual(["hold.expired"]));
  expect(told().find(({ type }) => type === "hold.expired")).toMatchObject({
    data: { holdId: authorizeUsage.hold.id, action: "GENERATION" },
  });
}, 120_000);

test("a renewal that fails, and an invoice that is voided, are told once each", async () => {
  const world = await newStripeWorld();
  const receiver = await startReceiver();
  const { owner, id } = await world.organization();
  await world.buy(owner, "STARTER");
  await owner.get(
    `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename } }`,
    { input: { url: receiver.url, events: chosenEvents } },
  );
  const [customer] = (await world.stripe.customers.list({ limit: 100 })).data.filter(
    ({ metadata }) => metadata["organization_id"] === id,
  );
  const method = await world.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer!.id });
  await world.stripe.customers.update(customer!.id, { invoice_settings: { default_payment_method: method.id } });
  for (const subscription of (await world.stripe.subscriptions.list({ customer: customer!.id })).data)
    await world.stripe.subscriptions.update(subscription.id, { default_payment_method: method.id });
  await world.settle();
  const { organization } = await owner.get("{ organization { id subscription { currentPeriodEnd } } }");
  await world.advance(new Date(Date.parse(organization.subscription.currentPeriodEnd) + DAY / 12));

  const told = (): any[] => receiver.received.map(({ body }) => JSON.parse(body));
  const types = (): string[] => told().map(({ type }) => type);
  await vi.waitFor(
    () => expect(types().toSorted()).toEqual(["invoice.issued", "invoice.payment_failed", "subscription.updated"]),
    { timeout: 15_000 },
  );
  expect(told().find(({ type }) => type === "invoice.payment_failed").data).toMatchObject({
    status: "OPEN",
    attemptCount: 1,
    nextAttemptAt: expect.any(String),
  });
  expect(told().find(({ type }) => type === "subscription.updated").data).toMatchObject({
    status: "PAST_DUE",
    changed: expect.arrayContaining(["status", "pastDueSince"]),
  });

  const { organization: billed } = await owner.get(
    "{ organization { id invoices(first: 5) { nodes { id status } } } }",
  );
  const open = billed.invoices.nodes.find(({ status }: { status: string }) => status === "OPEN");
  await world.admin.get(`mutation($input: VoidInvoiceInput!) { voidInvoice(input: $input) { __typename } }`, {
    input: { id: open.id, organizationId: id, reason: "test" },
  });
  await world.settle();
  await vi.waitFor(() => expect(told().filter(({ type }) => type === "invoice.voided")).toHaveLength(1), {
    timeout: 15_000,
  });
}, 120_000);
