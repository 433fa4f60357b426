import { describe, expect, test } from "vitest";
import { generation, generations, level } from "../../test/customer.ts";
import { newPayer, type Payer } from "../../test/payer.ts";
import { newStripeWorld } from "../../test/stripe-world.ts";
import { DAY_MS } from "../kernel/clock.ts";

const toPeriodEnd = async (payer: Payer, ms: number): Promise<void> =>
  payer.world.advance(new Date(Date.parse((await payer.billing()).currentPeriodEnd) + ms));

describe("a downgrade", () => {
  test("waits for the period's end, costs nothing now, and the renewal bills the smaller plan", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "PROFESSIONAL");
    await world.pass(3 * DAY_MS);
    const before = await payer.billing();
    const preview = await payer.preview("STARTER");
    expect(preview).toMatchObject({
      kind: "DOWNGRADE",
      effectiveAt: before.currentPeriodEnd,
      dueNow: { amount: "0.00" },
      nextInvoice: { amount: "99.00" },
      lines: [],
      losses: expect.arrayContaining(["5 active projects on Starter, instead of any number"]),
      mustConfirmLosses: false,
    });
    expect(await payer.tryChange("STARTER", { quoteId: preview.quoteId })).toMatchObject({
      plan: { code: "PROFESSIONAL" },
      nextPlan: { code: "STARTER" },
      nextPlanAt: before.currentPeriodEnd,
      canResume: true,
    });
    await world.settle();

    await toPeriodEnd(payer, -60_000);
    expect(await payer.billing()).toMatchObject({ plan: { code: "PROFESSIONAL" }, nextPlan: { code: "STARTER" } });
    expect(await payer.invoices()).toHaveLength(1);
    await world.pass(120_000);
    expect(await payer.billing()).toMatchObject({
      plan: { code: "STARTER" },
      nextPlan: null,
      currentPeriodStart: before.currentPeriodEnd,
    });
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "99.00" } });
    await toPeriodEnd(payer, 60_000);
    expect(await payer.billing()).toMatchObject({ plan: { code: "STARTER" }, nextPlan: null, canResume: false });
    expect((await payer.invoices()).map(({ total }) => total.amount)).toEqual(["99.00", "99.00", "499.00"]);
    expect((await payer.periods()).map(({ plan }) => plan.code).slice(0, 3)).toEqual([
      "STARTER",
      "STARTER",
      "PROFESSIONAL",
    ]);
    expect((await payer.timeline()).slice(-3)).toEqual([
      "Professional is paid and in force",
      `Change to Starter scheduled for ${before.currentPeriodEnd.slice(0, 10)}`,
      "From here on Starter",
    ]);
    expect(await payer.alarms()).toEqual([]);
  });

  test("is refused with the reasons when use does not fit, unless that is confirmed", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "PROFESSIONAL");
    const now = world.now().toISOString();
    await payer.record([
      ...["a", "b", "c", "d", "e", "f", "f"].map((projectId) => generation({ projectId })),
      level(12.4, now),
    ]);
    const reasons = ["6 active projects, Starter has 5", "12.4 GB stored, Starter includes 10 GB"];
    const preview = await payer.preview("STARTER");
    expect(preview.mustConfirmLosses).toBe(true);
    expect(preview.losses.slice(0, 2)).toEqual(reasons);
    const refused = await payer.tryChange("STARTER", { quoteId: preview.quoteId });
    expect(refused).toMatchObject({ __typename: "UsageDoesNotFit", reasons });
    for (const reason of reasons) expect(refused.message).toContain(reason);
    expect(await payer.billing()).toMatchObject({ plan: { code: "PROFESSIONAL" }, nextPlan: null });

    const confirmed = await payer.tryChange("STARTER", { quoteId: preview.quoteId, confirmLosses: true });
    expect(confirmed).toMatchObject({ plan: { code: "PROFESSIONAL" }, nextPlan: { code: "STARTER" } });
  });

  test("can be taken back until it takes effect", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "PROFESSIONAL");
    await payer.tryChange("STARTER");
    expect(await payer.tryResume()).toMatchObject({ __typename: "Subscription", nextPlan: null, canResume: false });
    expect(await payer.tryResume()).toMatchObject({ __typename: "NothingToCancel" });
    await toPeriodEnd(payer, 60_000);
    expect(await payer.billing()).toMatchObject({ plan: { code: "PROFESSIONAL" } });
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "499.00" } });
  });

  test("to Free ends the subscription, bills what was used, and follows it with Free", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.record(generations(104));
    const before = await payer.billing();
    expect(await payer.tryChange("FREE")).toMatchObject({
      plan: { code: "STARTER" },
      nextPlan: { code: "FREE" },
      cancelAt: before.currentPeriodEnd,
    });
    await toPeriodEnd(payer, 60_000);
    expect(await payer.billing()).toMatchObject({ plan: { code: "FREE" }, cancelAt: null, nextPlan: null });
    const [usage, ...others] = await payer.invoices();
    expect(usage).toMatchObject({ status: "PAID", total: { amount: "1.00" } });
    expect(others).toHaveLength(1);
  });

  test("gives way to an upgrade, or to another downgrade", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "PROFESSIONAL");
    await payer.tryChange("STARTER");
    expect(await payer.tryChange("FREE")).toMatchObject({ nextPlan: { code: "FREE" } });
    expect(await payer.tryChange("STARTER")).toMatchObject({ nextPlan: { code: "STARTER" }, cancelAt: null });
    await toPeriodEnd(payer, 60_000);
    expect(await payer.billing()).toMatchObject({ plan: { code: "STARTER" } });
    // The schedule at Stripe goes on for its last phase; it is no obstacle.
    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({ plan: { code: "PROFESSIONAL" }, nextPlan: null });
    await world.settle();
    expect(await payer.billing()).toMatchObject({ plan: { code: "PROFESSIONAL" } });
  });
});
