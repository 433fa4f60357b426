import { describe, expect, test } from "vitest";
import { generations } from "../../test/customer.ts";
import { newPayer, type Payer } from "../../test/payer.ts";
import { newStripeWorld } from "../../test/stripe-world.ts";
import { DAY_MS } from "../kernel/clock.ts";

const dayOf = (instant: string): string => instant.slice(0, 10);

/** The days on which its paid renewals began, oldest first. */
const renewalDays = async (payer: Payer): Promise<string[]> =>
  (await payer.invoices())
    .filter(({ reason, status }) => reason === "subscription_cycle" && status === "PAID")
    .map(({ createdAt }) => dayOf(createdAt))
    .toReversed();

describe("renewals", () => {
  test("fall on the last day of shorter months and come back, for anchors on the 29th, 30th and 31st", async () => {
    const world = await newStripeWorld();
    const anchored: { day: number; payer: Payer }[] = [];
    for (const day of [29, 30, 31]) {
      await world.advance(`2027-01-${day}T10:00:00Z`);
      anchored.push({ day, payer: await newPayer(world, "STARTER") });
    }
    await world.advance("2027-06-01T00:00:00Z");
    const days = await Promise.all(anchored.map(({ payer }) => renewalDays(payer)));
    expect(days).toEqual([
      ["2027-02-28", "2027-03-29", "2027-04-29", "2027-05-29"],
      ["2027-02-28", "2027-03-30", "2027-04-30", "2027-05-30"],
      ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"],
    ]);
    for (const { payer } of anchored) {
      const stripe = await payer.stripeSubscription();
      const ours = await payer.billing();
      expect(Date.parse(ours.currentPeriodEnd) / 1000).toBe(stripe.items.data[0]!.current_period_end);
      expect(await payer.alarms()).toEqual([]);
    }
  });

  test("come twelve times in a year, each with its fee and the overage of the month before, and no more", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    const start = new Date((await payer.billing()).currentPeriodStart);
    for (let month = 1; month <= 12; month += 1) {
      await payer.record(generations(100 + month));
      await world.advance(new Date(Date.parse((await payer.billing()).currentPeriodEnd) + 60_000));
    }
    const invoices = await payer.invoices();
    expect(invoices.map(({ status, total }) => `${status} ${total.amount}`).toReversed()).toEqual([
      "PAID 99.00",
      ...Array.from({ length: 12 }, (_, index) => `PAID ${(99 + (index + 1) * 0.25).toFixed(2)}`),
    ]);
    const { currentPeriodStart } = await payer.billing();
    expect(dayOf(currentPeriodStart)).toBe(
      dayOf(new Date(Date.UTC(start.getUTCFullYear() + 1, start.getUTCMonth(), start.getUTCDate())).toISOString()),
    );
    expect(await payer.alarms()).toEqual([]);
    await world.pass(DAY_MS);
    expect(await payer.invoices()).toHaveLength(13);
  });
});

test("a plan that was changed by hand in Stripe's dashboard is taken over from then on", async () => {
  const world = await newStripeWorld();
  const pro = await newPayer(world, "PROFESSIONAL");
  const payer = await newPayer(world, "STARTER");
  await payer.record(generations(102));
  expect((await payer.usage()).total.amount).toBe("0.50");

  const price = (await pro.stripeSubscription()).items.data[0]!.price.id;
  const subscription = await payer.stripeSubscription();
  await world.stripe.subscriptions.update(subscription.id, {
    items: [{ id: subscription.items.data[0]!.id, price }],
    proration_behavior: "none",
  });
  await world.settle();
  expect(await payer.billing()).toMatchObject({ plan: { code: "PROFESSIONAL" }, status: "ACTIVE" });
  expect((await payer.quotas()).generations).toMatchObject({ used: "102", limit: "1000" });
  await payer.record(generations(50));
  // What was past Starter's allowance before the change stays so.
  expect((await payer.usage()).total.amount).toBe("0.50");
  await world.advance(new Date(Date.parse((await payer.billing()).currentPeriodEnd) + 60_000));
  expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "499.50" } });
});

test("a trial is not ended by late news of a subscription from before", async () => {
  const world = await newStripeWorld();
  const payer = await newPayer(world, "STARTER");
  const { id } = await payer.stripeSubscription();
  await world.pass(DAY_MS);
  await payer.tryCancel(false);
  await payer.startTrial();
  await world.settle();
  // Any change of an ended subscription brings it up again.
  await world.stripe.subscriptions.update(id, { metadata: { note: "looked at" } }).catch(() => undefined);
  await world.settle();
  expect(await payer.billing()).toMatchObject({ status: "TRIALING", plan: { code: "PROFESSIONAL" } });
});
