import { monthsAfter } from "../kernel/period.ts";
import { describe, expect, test } from "vitest";
import { generation, generations } from "../../test/customer.ts";
import { newPayer, type Payer } from "../../test/payer.ts";
import { newStripeWorld } from "../../test/stripe-world.ts";
import { DAY_MS } from "../kernel/clock.ts";

const toPeriodEnd = async (payer: Payer, ms: number): Promise<void> =>
  payer.world.advance(new Date(Date.parse((await payer.billing()).currentPeriodEnd) + ms));

describe("a cancellation", () => {
  test("at the period's end keeps the plan until then, is billed for its usage, and Free follows", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await world.pass(2 * DAY_MS);
    const before = await payer.billing();
    expect(await payer.tryCancel(true)).toMatchObject({
      status: "ACTIVE",
      plan: { code: "STARTER" },
      cancelAt: before.currentPeriodEnd,
      nextPlan: { code: "FREE" },
      canCancel: false,
    });
    expect(await payer.tryCancel(true)).toMatchObject({ __typename: "NothingToCancel" });
    await toPeriodEnd(payer, -60_000);
    await payer.record(generations(110));
    expect((await payer.billing()).plan.code).toBe("STARTER");
    await world.pass(120_000);
    expect(await payer.billing()).toMatchObject({ status: "ACTIVE", plan: { code: "FREE" }, cancelAt: null });
    const invoices = await payer.invoices();
    expect(invoices.map(({ status, total }) => [status, total.amount])).toEqual([
      ["PAID", "2.50"],
      ["PAID", "99.00"],
    ]);
    await world.pass(40 * DAY_MS);
    expect(await payer.invoices()).toHaveLength(2);
    expect(await payer.tryCancel(true)).toMatchObject({ __typename: "NothingToCancel" });
  });

  test("now goes to Free at once, without money back, and bills the usage up to then", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.record(generations(110));
    await world.pass(DAY_MS);
    expect(await payer.tryCancel(false)).toMatchObject({ status: "ACTIVE", plan: { code: "FREE" }, cancelAt: null });
    await world.settle();
    const invoices = await payer.invoices();
    expect(invoices.map(({ status, total, refunded }) => [status, total.amount, refunded.amount])).toEqual([
      ["PAID", "2.50", "0.00"],
      ["PAID", "99.00", "0.00"],
    ]);
    expect(await payer.tryCancel(false)).toMatchObject({ __typename: "NothingToCancel" });
  });

  test("can be taken back until it takes effect, and made again", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.tryCancel(true);
    expect(await payer.tryResume()).toMatchObject({ __typename: "Subscription", cancelAt: null, nextPlan: null });
    await toPeriodEnd(payer, 60_000);
    expect(await payer.billing()).toMatchObject({ plan: { code: "STARTER" } });
    expect(await payer.invoices()).toHaveLength(2);
    expect(await payer.tryCancel(true)).toMatchObject({ cancelAt: (await payer.billing()).currentPeriodEnd });
    expect(await payer.tryCancel(false)).toMatchObject({ plan: { code: "FREE" } });
  });

  test("beside an upgrade at the same moment: one after the other, or one is told to look again", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    const [upgraded, canceled] = await Promise.all([payer.tryChange("PROFESSIONAL"), payer.tryCancel(true)]);
    const done = [upgraded, canceled].filter(({ __typename }) => __typename === "Subscription");
    const told = [upgraded, canceled].filter(({ fault }) => fault === "CONFLICT");
    expect(done.length).toBeGreaterThanOrEqual(1);
    expect(done.length + told.length).toBe(2);
    for (const { message } of told) expect(message).toContain("Look again in a moment");
    await world.settle();
    const after = await payer.billing();
    expect(after.plan.code).toBe(upgraded.fault ? "STARTER" : "PROFESSIONAL");
    expect(after.cancelAt !== null).toBe(!canceled.fault);
    expect(await payer.invoices()).toHaveLength(upgraded.fault ? 1 : 2);
  });
});

describe("a trial is canceled", () => {
  const startTrial = async (payer: Payer): Promise<void> => {
    expect((await payer.startTrial()).__typename).toBe("Subscription");
  };

  test("at its end: Free follows even with a card, and nothing is charged", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world);
    await startTrial(payer);
    const { trialEndsAt } = await payer.billing();
    expect(await payer.tryCancel(true)).toMatchObject({ status: "TRIALING", cancelAt: trialEndsAt });
    expect(await payer.tryResume()).toMatchObject({ status: "TRIALING", cancelAt: null });
    await payer.tryCancel(true);
    await world.advance(new Date(Date.parse(trialEndsAt) + 60_000));
    expect(await payer.billing()).toMatchObject({ status: "ACTIVE", plan: { code: "FREE" }, cancelAt: null });
    expect((await payer.invoices()).every(({ total }) => total.amount === "0.00")).toBe(true);
  });

  test("now: Free at once", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world);
    await startTrial(payer);
    expect(await payer.tryCancel(false)).toMatchObject({ status: "ACTIVE", plan: { code: "FREE" }, trialEndsAt: null });
    await world.settle();
    expect(await payer.billing()).toMatchObject({ status: "ACTIVE", plan: { code: "FREE" } });
  });

  test("and one that tries another plan ends on that, when there is a card", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.tryCancel(false);
    await startTrial(payer);
    const { trialEndsAt } = await payer.billing();
    const preview = await payer.preview("STARTER");
    expect(preview).toMatchObject({ kind: "TRIAL", effectiveAt: trialEndsAt, dueNow: { amount: "0.00" } });
    expect(await payer.tryChange("STARTER", { quoteId: preview.quoteId })).toMatchObject({
      status: "TRIALING",
      plan: { code: "STARTER" },
      trialEndsAt,
    });
    await world.advance(new Date(Date.parse(trialEndsAt) + 60_000));
    expect(await payer.billing()).toMatchObject({ status: "ACTIVE", plan: { code: "STARTER" } });
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "99.00" } });
  });
});

describe("a pause", () => {
  test("takes no usage and no fee until it is resumed; what was used before is billed then", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.record(generations(104));
    expect(await payer.tryPause()).toMatchObject({ status: "PAUSED", canPause: false, canResume: true });
    expect(await payer.tryPause()).toMatchObject({ __typename: "NothingToPause" });
    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({
      fault: "CONFLICT",
      message: expect.stringContaining("paused"),
    });
    const [outcome] = await payer.record([generation()]);
    expect(outcome).toMatchObject({ status: "REJECTED" });

    await toPeriodEnd(payer, 60_000);
    expect(await payer.billing()).toMatchObject({ status: "PAUSED", plan: { code: "STARTER" } });
    expect((await payer.invoices()).filter(({ status }) => status === "PAID" || status === "OPEN")).toHaveLength(1);

    expect(await payer.tryResume()).toMatchObject({ status: "ACTIVE", pausedAt: null, canPause: true });
    // The period that began during the pause was not paid, so a paid one begins now.
    const now = world.now();
    const { currentPeriodEnd } = await payer.billing();
    expect(Math.abs(Date.parse(currentPeriodEnd) - monthsAfter(now, 1).getTime())).toBeLessThan(60_000);
    expect((await payer.invoices()).filter(({ status }) => status === "PAID")).toHaveLength(2);
    expect((await payer.record([generation()]))[0]).toMatchObject({ status: "ACCEPTED" });
    await toPeriodEnd(payer, 60_000);
    const [renewal] = await payer.invoices();
    expect(renewal).toMatchObject({ status: "PAID", total: { amount: "100.00" } });
  });

  test("is nothing for Free or a trial", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world);
    expect(await payer.tryPause()).toMatchObject({ __typename: "NothingToPause" });
    await payer.startTrial();
    expect(await payer.tryPause()).toMatchObject({ __typename: "NothingToPause" });
  });
});

test("an agreement replaces what was paid by card, cannot be changed by the customer, and can be canceled", async () => {
  const world = await newStripeWorld();
  const payer = await newPayer(world, "STARTER");
  await world.pass(DAY_MS);
  await payer.agree("enterprise", "3000");
  await world.settle();
  expect(await payer.billing()).toMatchObject({
    plan: { code: "ENTERPRISE" },
    collection: "INVOICE",
    status: "ACTIVE",
  });
  expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({
    fault: "CONFLICT",
    message: expect.stringContaining("agreed"),
  });
  const { currentPeriodEnd } = await payer.billing();
  expect(await payer.tryCancel(true)).toMatchObject({ plan: { code: "ENTERPRISE" }, cancelAt: currentPeriodEnd });
  await toPeriodEnd(payer, 60_000);
  expect(await payer.billing()).toMatchObject({ plan: { code: "FREE" }, collection: "CARD", status: "ACTIVE" });
});
