import { expect, test } from "vitest";
import { centsOf, newPayer } from "../../test/payer.ts";
import { asOwner } from "../../test/stripe-events.ts";
import { cards, newStripeWorld, payOnPage } from "../../test/stripe-world.ts";
import { followUnknown } from "./follow-unknown.ts";

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

test("an agreement credits what was paid for the rest of the period, an upgrade's part too", async () => {
  const world = await newStripeWorld();
  const payer = await newPayer(world, "STARTER");
  await payer.tryChange("PROFESSIONAL");
  await world.pass(5 * DAY);
  const { currentPeriodStart, currentPeriodEnd } = await payer.billing();
  await world.admin.get(`mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`, {
    input: { organizationId: payer.id, plan: "ENTERPRISE", monthlyPrice: "2499.00" },
  });
  await world.settle();
  const agreedAt = (await payer.billing()).currentPeriodStart;
  const { lines } = (await payer.invoices())[0];
  const credit = -centsOf(lines.find(({ kind }: any) => kind === "MANUAL").amount);
  const share =
    (Date.parse(currentPeriodEnd) - Date.parse(agreedAt)) /
    (Date.parse(currentPeriodEnd) - Date.parse(currentPeriodStart));
  // The upgrade's two lines are rounded on their own, and began some seconds into the period.
  expect(Math.abs(credit - 49_900 * share)).toBeLessThan(10);
});

test("an invoice that was sent and is not paid counts from the day it was due, whatever is sent after it", async () => {
  const world = await newStripeWorld();
  const payer = await newPayer(world);
  await world.admin.get(`mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`, {
    input: { organizationId: payer.id, plan: "PROFESSIONAL", monthlyPrice: "400.00" },
  });
  await world.settle();
  const [{ dueAt }] = (await payer.owner.get(INVOICES)).organization.invoices.nodes;
  expect((await payer.billing()).pastDueSince).toBeNull();
  await world.advance(new Date(Date.parse(dueAt) + 3 * DAY));
  expect(await payer.billing()).toMatchObject({ status: "PAST_DUE", pastDueSince: dueAt });
  expect((await payer.quotas()).generations.limit).toBe("1000");
  await world.advance(new Date(Date.parse(dueAt) + 8 * DAY));
  expect(await payer.billing()).toMatchObject({ status: "PAST_DUE", pastDueSince: dueAt });
  expect((await payer.quotas()).generations.limit).toBe("10");

  const [, oldest] = await payer.invoices();
  await payOnPage(oldest.hostedUrl, cards.good);
  await world.settle();
  expect(await payer.billing()).toMatchObject({ status: "ACTIVE", pastDueSince: null });
  expect((await payer.quotas()).generations.limit).toBe("1000");
});

test("a plan from before Stripe was connected is found, and its running period is invoiced whole", async () => {
  const world = await newStripeWorld();
  const { owner, id } = await world.organization();
  await asOwner(
    `update subscriptions set (plan_version_id, plan_code) = (select id, code from plan_versions where code = 'starter' order by number desc limit 1)
     where organization_id = $1`,
    [id],
  );
  await followUnknown(world.platform);
  await world.settle();
  const { organization } = await owner.get(INVOICES);
  expect(organization.invoices.nodes).toMatchObject([{ status: "OPEN", total: { amount: "99.00" } }]);
  await followUnknown(world.platform);
  await world.settle();
  expect((await owner.get(INVOICES)).organization.invoices.nodes).toHaveLength(1);
});

test("an agreement that replaces one of a moment ago leaves no draft behind, and what was sent is set off", async () => {
  const world = await newStripeWorld();
  const { owner, id } = await world.organization();
  const agree = (monthlyPrice: string) =>
    world.admin.get(`mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`, {
      input: { organizationId: id, plan: "ENTERPRISE", monthlyPrice },
    });
  await agree("2500.00");
  await agree("2600.00");
  await world.settle();
  await world.pass(DAY);
  await agree("3000.00");
  await world.settle();
  const { organization } = await owner.get(INVOICES);
  const open = organization.invoices.nodes.filter(({ status }: any) => status === "OPEN");
  expect(organization.invoices.nodes.filter(({ status }: any) => status === "DRAFT")).toEqual([]);
  // The first was for 2,600 of which a day was had; the second takes the rest off.
  expect(open.map(({ lines }: any) => lines.map(({ kind }: any) => kind).toSorted())).toEqual([
    ["FEE", "MANUAL"],
    ["FEE"],
  ]);
  const owed = open.reduce((sum: number, { total }: any) => sum + centsOf(total), 0);
  expect(owed).toBeGreaterThan(300_000);
  expect(owed).toBeLessThan(300_000 + 260_000 / 28 + 1);
});
