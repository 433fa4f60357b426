import { describe, expect, test } from "vitest";
import { after, apiCalls, generations, level, newCustomer } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS } from "../kernel/clock.ts";

const MARCH = "2026-03-01T00:00:00.000Z";
const NOW = "2026-03-11T00:00:00.000Z";

async function free() {
  const world = await newWorld();
  const customer = await newCustomer(world, MARCH);
  world.setClock(NOW);
  return { world, customer };
}

test("an organization begins on Free, without a price, in a period of a month", async () => {
  const { customer } = await free();
  expect(await customer.subscription()).toMatchObject({
    status: "ACTIVE",
    plan: { code: "FREE" },
    monthlyPrice: { amount: "0.00" },
    agreed: false,
    currentPeriodStart: MARCH,
    currentPeriodEnd: "2026-04-01T00:00:00.000Z",
    trialEndsAt: null,
    trialUsed: false,
  });
});

describe("a plan by agreement", () => {
  test("is in force at once, in a period of its own; what was used before stays where it was used", async () => {
    const { customer } = await free();
    await customer.record([...generations(9), apiCalls(1_000)]);
    expect(await customer.agree("starter", "80.00")).toMatchObject({
      __typename: "Subscription",
      status: "ACTIVE",
      plan: { code: "STARTER" },
      monthlyPrice: { amount: "80.00" },
      currentPeriodStart: NOW,
      currentPeriodEnd: "2026-04-11T00:00:00.000Z",
    });
    expect((await customer.subscription()).agreed).toBe(true);
    expect((await customer.periods()).map(({ start, end, open, plan }) => [start, end, open, plan.code])).toEqual([
      [NOW, "2026-04-11T00:00:00.000Z", true, "STARTER"],
      [MARCH, NOW, false, "FREE"],
    ]);
    expect((await customer.usage()).meters.generations.quantity).toBe("0");
    expect((await customer.usage(MARCH, NOW)).meters.generations.quantity).toBe("9");
    await customer.record(generations(101, { complexity: "T3" }));
    expect((await customer.usage()).meters.generations).toMatchObject({ included: "100", billable: "1" });
  });

  test("shares storage out between the periods by time", async () => {
    const { customer } = await free();
    await customer.record([level(40, MARCH)]);
    await customer.agree("starter");
    expect((await customer.usage(MARCH, NOW)).meters.storage).toMatchObject({
      quantity: "40",
      included: "1",
      overLimit: "39",
      billable: "0",
    });
    expect((await customer.usage()).meters.storage).toMatchObject({ quantity: "40", included: "10", billable: "30" });
  });

  test("may be agreed again, up, down and back to Free, however often in a day", async () => {
    const { customer, world } = await free();
    for (const [index, plan] of (["enterprise", "free", "professional", "starter", "free"] as const).entries()) {
      world.setClock(after(NOW, index * 1_000));
      expect(await customer.agree(plan)).toMatchObject({
        __typename: "Subscription",
        plan: { code: plan.toUpperCase() },
      });
    }
    expect(await customer.periods()).toHaveLength(6);
    expect((await customer.usage()).meters.generations.quantity).toBe("0");
  });

  test("at the instant a period begins replaces that period instead of leaving an empty one", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, MARCH, "starter");
    expect((await customer.periods()).map(({ plan }) => plan.code)).toEqual(["STARTER"]);
  });

  test("ends a trial, which stays used up", async () => {
    const { customer } = await free();
    await customer.startTrial();
    await customer.agree("starter");
    expect(await customer.subscription()).toMatchObject({ status: "ACTIVE", trialEndsAt: null, trialUsed: true });
    await customer.agree("free");
    expect(await customer.startTrial()).toMatchObject({ __typename: "TrialAlreadyUsed" });
  });

  test.each([
    { plan: "enterprise", price: "2498.99", answer: "PriceTooLow", why: "Enterprise starts at $2,499" },
    { plan: "enterprise", price: "0", answer: "PriceTooLow", why: "not even as a present" },
    { plan: "enterprise", price: "2499", answer: "Subscription", why: "exactly its least price" },
    { plan: "enterprise", price: "100000000", answer: "Subscription", why: "the most that can be agreed" },
    { plan: "starter", price: "0.01", answer: "Subscription", why: "other plans have no least price" },
    { plan: "starter", price: "99.000", answer: "Subscription", why: "zeros at the end are no fractions of a cent" },
  ] as const)("$plan for $price is answered with $answer: $why", async ({ plan, price, answer }) => {
    const { customer } = await free();
    expect(await customer.agree(plan, price)).toMatchObject({ __typename: answer });
    expect((await customer.subscription()).plan.code).toBe(answer === "Subscription" ? plan.toUpperCase() : "FREE");
    expect(await customer.periods()).toHaveLength(answer === "Subscription" ? 2 : 1);
  });

  test.each([
    { change: { monthlyPrice: "99.001" }, code: "BAD_USER_INPUT", why: "no whole cents" },
    { change: { monthlyPrice: "-1" }, code: "BAD_USER_INPUT", why: "less than nothing" },
    { change: { monthlyPrice: "100000000.01" }, code: "BAD_USER_INPUT", why: "too much" },
    { change: { monthlyPrice: "9".repeat(30) }, code: "BAD_USER_INPUT", why: "far too much" },
    { change: { monthlyPrice: "1e3" }, code: "BAD_USER_INPUT", why: "an exponent" },
    { change: { monthlyPrice: 99.5 }, code: "BAD_USER_INPUT", why: "a number that is not exact" },
    { change: { plan: "FREE", monthlyPrice: "10" }, code: "BAD_USER_INPUT", why: "a price that nobody would charge" },
    { change: { plan: "GOLD" }, code: "BAD_USER_INPUT", why: "no such plan" },
    { change: { organizationId: "01920000-0000-7000-8000-000000000000" }, code: "NOT_FOUND", why: "nobody's id" },
    { change: { organizationId: "acme" }, code: "NOT_FOUND", why: "no id" },
    { change: { organizationId: "' or true --" }, code: "NOT_FOUND", why: "a statement" },
  ])("is refused with $code for $why", async ({ change, code }) => {
    const { customer } = await free();
    const input = { organizationId: customer.id, plan: "STARTER", monthlyPrice: "99", ...change };
    const { errors } = await customer.staff.ask(
      `mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`,
      { input },
    );
    expect(errors![0]!.extensions.code).toBe(code);
    expect((await customer.subscription()).plan.code).toBe("FREE");
  });

  test("is staff's to give, and not support's", async () => {
    const { customer, world } = await free();
    const input = { organizationId: customer.id, plan: "STARTER", monthlyPrice: "1" };
    for (const asker of [await world.staff("SUPPORT"), customer.owner, customer.key, await world.serviceKey()]) {
      const { errors } = await asker.ask(
        `mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`,
        { input },
      );
      expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
    }
    const finance = await world.staff("FINANCE");
    expect(
      (await finance.get(`mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`, { input }))
        .agreePlan.__typename,
    ).toBe("Subscription");
  });

  test("lasts, at its price, through the months", async () => {
    const { customer, world } = await free();
    await customer.agree("enterprise", "5000");
    world.setClock(after(NOW, 200 * DAY_MS));
    expect(await customer.subscription()).toMatchObject({
      plan: { code: "ENTERPRISE" },
      monthlyPrice: { amount: "5000.00" },
      currentPeriodStart: "2026-09-11T00:00:00.000Z",
    });
  });
});

describe("a trial", () => {
  test.each([
    { plan: "FREE", code: "BAD_USER_INPUT", why: "Free needs none" },
    { plan: "ENTERPRISE", code: "BAD_USER_INPUT", why: "Enterprise is by agreement" },
  ])("of $plan is refused: $why", async ({ plan, code }) => {
    const { customer } = await free();
    const { errors } = await customer.owner.ask(
      `mutation($input: StartTrialInput!) { startTrial(input: $input) { __typename } }`,
      { input: { plan } },
    );
    expect(errors![0]!.extensions.code).toBe(code);
    expect(await customer.startTrial("STARTER")).toMatchObject({ status: "TRIALING" });
  });

  test("is for those on Free, once, also when they ask ten times at once", async () => {
    const { customer } = await free();
    const answers = await Promise.all(Array.from({ length: 10 }, () => customer.startTrial()));
    expect(answers.filter(({ __typename }) => __typename === "Subscription")).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === "TrialAlreadyUsed")).toHaveLength(9);

    const paying = await newCustomer(customer.world, MARCH, "starter");
    expect(await paying.startTrial()).toMatchObject({ __typename: "AlreadyOnPlan" });
  });

  test("is the owner's and billing's to start, not a key's of usage", async () => {
    const { customer } = await free();
    const { errors } = await customer.key.ask(`mutation { startTrial(input: { plan: STARTER }) { __typename } }`);
    expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});
