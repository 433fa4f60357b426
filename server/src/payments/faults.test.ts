import { expect, test } from "vitest";
import { cards, newStripeWorld, payOnPage } from "../../test/stripe-world.ts";
import { hurryRetries } from "../../test/stripe-events.ts";

const PLAN = `{ organization { subscription { plan { code } } invoices(first: 5) { nodes { status total { amount } } } } }`;

type Invoice = { readonly status: string; readonly total: { readonly amount: string } };

test.each([
  { why: "is busy (429)", fault: { kind: "status", status: 429, times: 3 } },
  { why: "fails before it acts (500)", fault: { kind: "status", status: 500, times: 1 } },
  { why: "fails after it acted (500)", fault: { kind: "status", status: 500, after: true, times: 1 } },
  { why: "hangs up after it acted", fault: { kind: "drop", after: true, times: 1 } },
])("a renewal is billed once when Stripe $why", async ({ fault }) => {
  const world = await newStripeWorld();
  const { owner, id } = await world.organization();
  await payOnPage(await world.openCheckout(owner, "STARTER"), cards.good);
  await world.settle();
  await world.faults([
    { match: "POST /v1/invoiceitems", ...fault },
    { match: "POST /v1/invoices/in_[^/]+/finalize", ...fault },
    { match: "GET /v1/invoices", ...fault },
    { match: "GET /v1/subscriptions", ...fault },
  ]);
  const key = await world.apiKey(owner, ["usage:write"]);
  await key.get(
    `mutation { recordUsage(input: { events: [{ idempotencyKey: "calls", action: API_CALL, quantity: "20000" }] }) { accepted } }`,
  );
  await world.pass(32 * 86_400_000);
  await hurryRetries(id);
  await world.settle();
  const { organization } = await owner.get(PLAN);
  expect(organization.subscription.plan.code).toBe("STARTER");
  expect(organization.invoices.nodes.map(({ status, total }: Invoice) => [status, total.amount])).toEqual([
    ["PAID", "109.00"],
    ["PAID", "99.00"],
  ]);
  await world.faults([]);
});
