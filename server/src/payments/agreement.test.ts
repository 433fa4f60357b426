import { expect, test } from "vitest";
import { newStripeWorld } from "../../test/stripe-world.ts";

const DAY = 86_400_000;
const INVOICES = `{ organization { subscription { plan { code } currentPeriodStart currentPeriodEnd }
  invoices(first: 10) { nodes { number status reason total { amount } dueAt lines { kind amount { amount } } } } } }`;

test("an agreed plan is invoiced at the agreed price, due in 30 days, and renewed on the same day", async () => {
  const world = await newStripeWorld();
  const { owner, id } = await world.organization();
  await world.admin.get(
    `mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename ... on Refusal { message } } }`,
    { input: { organizationId: id, plan: "ENTERPRISE", monthlyPrice: "2499.00" } },
  );
  await world.settle();
  const first = (await owner.get(INVOICES)).organization;
  expect(first.subscription.plan.code).toBe("ENTERPRISE");
  expect(first.invoices.nodes).toMatchObject([
    { status: "OPEN", total: { amount: "2499.00" }, lines: [{ kind: "FEE" }] },
  ]);
  await world.advance(new Date(Date.parse(first.subscription.currentPeriodEnd) + DAY));
  const second = (await owner.get(INVOICES)).organization;
  expect(second.subscription.currentPeriodStart).toBe(first.subscription.currentPeriodEnd);
  expect(second.invoices.nodes).toHaveLength(2);
});
