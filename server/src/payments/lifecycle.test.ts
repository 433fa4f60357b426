import { describe, expect, test } from "vitest";
import { cards, newStripeWorld, payOnPage, type StripeWorld } from "../../test/stripe-world.ts";
import type { Asker } from "../../test/world.ts";

const DAY = 86_400_000;
const SUBSCRIPTION = `{ organization { subscription { status plan { code } currentPeriodStart currentPeriodEnd trialEndsAt }
  quotas { meter limit } invoices(first: 20) { nodes { status reason hostedUrl total { amount } } } } }`;

const stateOf = async (owner: Asker) => (await owner.get(SUBSCRIPTION)).organization;
const generationsOf = (state: any): string | null =>
  state.quotas.find(({ meter }: any) => meter === "generations").limit;

/** The subjects of the mails to somebody, oldest first. */
async function mailsTo(world: StripeWorld, email: string): Promise<string[]> {
  const { mails } = await world.admin.get(`{ mails(first: 100) { nodes { to subject } } }`);
  return mails.nodes
    .filter(({ to }: any) => to === email)
    .map(({ subject }: any) => subject)
    .toReversed();
}

async function startTrial(owner: Asker, plan = "PROFESSIONAL"): Promise<void> {
  const { startTrial: answer } = await owner.get(
    `mutation($input: StartTrialInput!) { startTrial(input: $input) { __typename } }`,
    { input: { plan } },
  );
  expect(answer.__typename).toBe("Subscription");
}

/** Lets the card on file fail from now on, as an issuer would. */
async function failCardOf(world: StripeWorld, organizationId: string): Promise<string> {
  const [customer] = (await world.stripe.customers.list({ limit: 100 })).data.filter(
    ({ metadata }) => metadata["organization_id"] === organizationId,
  );
  const method = await world.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer!.id });
  await world.stripe.customers.update(customer!.id, { invoice_settings: { default_payment_method: method.id } });
  for (const { id } of (await world.stripe.subscriptions.list({ customer: customer!.id })).data)
    await world.stripe.subscriptions.update(id, { default_payment_method: method.id });
  await world.settle();
  return customer!.id;
}

describe("a trial", () => {
  test("ends on Free without a card, and nothing is ever billed", async () => {
    const world = await newStripeWorld();
    const { owner, email } = await world.organization();
    await startTrial(owner);
    await world.settle();
    const { subscription } = await stateOf(owner);
    expect(subscription).toMatchObject({ status: "TRIALING", plan: { code: "PROFESSIONAL" } });
    await world.advance(new Date(Date.parse(subscription.trialEndsAt) + DAY));
    expect(await mailsTo(world, email)).toEqual([expect.stringMatching(/^Your trial ends on /)]);
    const after = await stateOf(owner);
    expect(after.subscription).toMatchObject({ status: "ACTIVE", plan: { code: "FREE" }, trialEndsAt: null });
    expect(after.invoices.nodes.every(({ total }: any) => total.amount === "0.00")).toBe(true);
  });

  test("ends on the plan with a card, charged at its end", async () => {
    const world = await newStripeWorld();
    const { owner } = await world.organization();
    await startTrial(owner);
    await world.settle();
    await payOnPage(await world.openCheckout(owner, "PROFESSIONAL"), cards.good);
    await world.settle();
    const { subscription } = await stateOf(owner);
    expect(subscription.status).toBe("TRIALING");
    await world.advance(new Date(Date.parse(subscription.trialEndsAt) + 1_000));
    const after = await stateOf(owner);
    expect(after.subscription).toMatchObject({
      status: "ACTIVE",
      plan: { code: "PROFESSIONAL" },
      currentPeriodStart: subscription.trialEndsAt,
      trialEndsAt: null,
    });
    expect(after.invoices.nodes[0]).toMatchObject({ status: "PAID", total: { amount: "499.00" } });
  });
});

test("the plan that is chosen with the card follows a trial of another one", async () => {
  const world = await newStripeWorld();
  const { owner } = await world.organization();
  await startTrial(owner);
  await world.settle();
  await payOnPage(await world.openCheckout(owner, "STARTER"), cards.good);
  await world.settle();
  const { subscription } = await stateOf(owner);
  await world.advance(new Date(Date.parse(subscription.trialEndsAt) + 1_000));
  const after = await stateOf(owner);
  expect(after.subscription).toMatchObject({ status: "ACTIVE", plan: { code: "STARTER" } });
  expect(after.invoices.nodes[0]).toMatchObject({ status: "PAID", total: { amount: "99.00" } });
});

describe("a renewal that cannot be paid", () => {
  test("leaves access for seven days, then Free's limits, and is canceled after the last try", async () => {
    const world = await newStripeWorld();
    const { owner, id, email } = await world.organization();
    await world.buy(owner, "STARTER");
    await failCardOf(world, id);
    const end = Date.parse((await stateOf(owner)).subscription.currentPeriodEnd);

    await world.advance(new Date(end + 1_000));
    const failed = await stateOf(owner);
    expect(failed.subscription).toMatchObject({ status: "PAST_DUE", plan: { code: "STARTER" } });
    expect(generationsOf(failed)).toBe("100");
    expect(failed.invoices.nodes[0]).toMatchObject({ status: "OPEN", total: { amount: "99.00" } });

    await world.advance(new Date(end + 7 * DAY - 60_000));
    expect(generationsOf(await stateOf(owner))).toBe("100");
    await world.advance(new Date(end + 7 * DAY + 60_000));
    const fallen = await stateOf(owner);
    expect(fallen.subscription.status).toBe("PAST_DUE");
    expect(generationsOf(fallen)).toBe("10");

    await world.advance(new Date(end + 15 * DAY));
    expect((await stateOf(owner)).subscription).toMatchObject({ status: "ACTIVE", plan: { code: "FREE" } });
    expect(await mailsTo(world, email)).toEqual(["Your payment for Starter failed", "Starter has ended"]);
  });

  test.each([1, 10])("is made good by paying on day %i: everything is as before", async (day) => {
    const world = await newStripeWorld();
    const { owner, id } = await world.organization();
    await world.buy(owner, "STARTER");
    await failCardOf(world, id);
    const end = Date.parse((await stateOf(owner)).subscription.currentPeriodEnd);
    await world.advance(new Date(end + day * DAY + 60_000));
    const open = (await stateOf(owner)).invoices.nodes[0];
    expect(open.status).toBe("OPEN");
    await payOnPage(open.hostedUrl, cards.good);
    await world.settle();
    const after = await stateOf(owner);
    expect(after.subscription).toMatchObject({ status: "ACTIVE", plan: { code: "STARTER" } });
    expect(generationsOf(after)).toBe("100");
    expect(after.invoices.nodes[0].status).toBe("PAID");
  });
});
