import { expect, test } from "vitest";
import { cards, newStripeWorld, payOnPage } from "../../test/stripe-world.ts";

const SUBSCRIPTION = `{ organization { subscription { status plan { code } currentPeriodStart currentPeriodEnd trialEndsAt cancelAt } } }`;
const DAY = 86_400_000;

test("a plan is bought with a card on the hosted page; only the paid invoice gives it", async () => {
  const world = await newStripeWorld();
  const { owner } = await world.organization();
  const url = await world.openCheckout(owner, "STARTER");
  await world.settle();
  expect((await owner.get(SUBSCRIPTION)).organization.subscription).toMatchObject({
    status: "ACTIVE",
    plan: { code: "FREE" },
  });
  const paid = await payOnPage(url, cards.good);
  expect([302, 303]).toContain(paid.status);
  expect(paid.location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/checkout\/return/);
  await world.settle();
  const { subscription } = (await owner.get(SUBSCRIPTION)).organization;
  expect(subscription).toMatchObject({
    status: "ACTIVE",
    plan: { code: "STARTER" },
    trialEndsAt: null,
    cancelAt: null,
  });
});

test("a page that was opened before cannot be paid as well", async () => {
  const world = await newStripeWorld();
  const { owner, id } = await world.organization();
  const first = await world.openCheckout(owner, "STARTER");
  const second = await world.openCheckout(owner, "PROFESSIONAL");
  await expect(payOnPage(first, cards.good)).rejects.toThrow(/no form/);
  await payOnPage(second, cards.good);
  await world.settle();
  expect((await owner.get(SUBSCRIPTION)).organization.subscription.plan.code).toBe("PROFESSIONAL");
  const { data } = await world.stripe.subscriptions.list({ limit: 100, status: "all" });
  expect(data.filter(({ metadata }) => metadata["organization_id"] === id)).toHaveLength(1);
});

test("a declined card leaves the organization on Free", async () => {
  const world = await newStripeWorld();
  const { owner } = await world.organization();
  const page = await payOnPage(await world.openCheckout(owner, "STARTER"), cards.declined);
  expect(page.status).toBeLessThan(500);
  await world.settle();
  expect((await owner.get(SUBSCRIPTION)).organization.subscription.plan.code).toBe("FREE");
});

test("a renewal bills the fee in advance and the overage of the period that ended", async () => {
  const world = await newStripeWorld();
  const { owner } = await world.organization();
  await world.buy(owner, "STARTER");
  const key = await world.apiKey(owner, ["usage:write"]);
  await key.get(`mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted } }`, {
    input: {
      events: Array.from({ length: 103 }, (_, index) => ({
        idempotencyKey: `g${index}`,
        action: "GENERATION",
        complexity: "T2",
      })),
    },
  });
  const { subscription } = (await owner.get(SUBSCRIPTION)).organization;
  await world.advance(new Date(Date.parse(subscription.currentPeriodEnd) + DAY));
  const { organization } = await owner.get(
    `{ organization { subscription { status plan { code } currentPeriodStart } invoices(first: 10) { nodes { status total { amount } lines { kind meter amount { amount } } } } } }`,
  );
  expect(organization.subscription).toEqual({
    status: "ACTIVE",
    plan: { code: "STARTER" },
    currentPeriodStart: subscription.currentPeriodEnd,
  });
  expect(organization.invoices.nodes.map(({ status, total }: any) => [status, total.amount])).toEqual([
    ["PAID", "100.50"],
    ["PAID", "99.00"],
  ]);
});
