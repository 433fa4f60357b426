import { describe, expect, test } from "vitest";
import { DAY, HOUR, newShop, periodEnd, type Subscribed } from "./shop.ts";

const endingWith = (missing_payment_method: "cancel" | "create_invoice" | "pause") => ({
  trial_period_days: 14,
  trial_settings: { end_behavior: { missing_payment_method } },
});

describe("a trial", () => {
  test("costs nothing, is told of three days before its end, and is paid with the card that is there then", async () => {
    const { customer, pay, subscribe, latest, advanceTo, told, expectNoFaults } = await newShop();
    const { id } = await customer();
    const trial = await subscribe(id, endingWith("cancel"));
    expect(trial).toMatchObject({ status: "trialing", latest_invoice: { status: "paid", total: 0 } });
    const end = trial.trial_end!;
    expect(end).toBe(trial.created + 14 * DAY);

    await advanceTo(end - 3 * DAY - 1);
    expect(await told(trial.id)).not.toContain("customer.subscription.trial_will_end");
    await advanceTo(end - 3 * DAY);
    expect(await told(trial.id)).toContain("customer.subscription.trial_will_end");

    await pay(id, "pm_card_visa");
    await advanceTo(end - 1);
    expect((await latest(trial.id)).status).toBe("trialing");
    await advanceTo(end + HOUR);
    expect(await latest(trial.id)).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 9900 } });
    await expectNoFaults();
  });

  test.each([
    { behavior: "cancel", status: "canceled", invoices: 1 },
    { behavior: "pause", status: "paused", invoices: 1 },
    { behavior: "create_invoice", status: "past_due", invoices: 2 },
  ] as const)("without a card ends $status when told to $behavior", async ({ behavior, status, invoices }) => {
    const { stripe, customer, subscribe, latest, advanceTo, expectNoFaults } = await newShop();
    const trial = await subscribe((await customer()).id, endingWith(behavior));
    await advanceTo(trial.trial_end! + HOUR);
    expect((await latest(trial.id)).status).toBe(status);
    expect((await stripe.invoices.list({ subscription: trial.id })).data).toHaveLength(invoices);
    await expectNoFaults();
  });

  test("can be ended now, and is billed from then on", async () => {
    const { stripe, customer, subscribe, expectNoFaults } = await newShop();
    const trial = await subscribe((await customer("pm_card_visa")).id, { trial_period_days: 14 });
    const after = (await stripe.subscriptions.update(trial.id, {
      trial_end: "now",
      expand: ["latest_invoice"],
    })) as Subscribed;
    expect(after).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 9900 } });
    expect(periodEnd(after) - after.billing_cycle_anchor).toBeGreaterThan(27 * DAY);
    await expectNoFaults();
  });
});

describe("a paused subscription", () => {
  test("brings no invoices, credits what is unused and goes on with a period from the day it is resumed", async () => {
    const { stripe, customer, subscribe, latest, advanceTo, told, expectNoFaults } = await newShop();
    const subscription = await subscribe((await customer("pm_card_visa")).id);
    const half = subscription.created + Math.floor((periodEnd(subscription) - subscription.created) / 2);
    await advanceTo(half);
    expect(await stripe.subscriptions.pause(subscription.id)).toMatchObject({
      status: "paused",
      status_details: { paused: { subscription: { type: "pause_requested" } } },
    });
    const [credit] = (await stripe.invoiceItems.list({ pending: true })).data;
    expect(credit!.amount).toBeCloseTo(-4950, -1);

    await advanceTo(half + 90 * DAY);
    expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
    const resumed = (await stripe.subscriptions.resume(subscription.id, {
      payment_behavior: "resume_on_payment_success",
      expand: ["latest_invoice"],
    })) as Subscribed;
    expect(resumed).toMatchObject({
      status: "active",
      latest_invoice: { status: "paid", total: 9900 + credit!.amount },
    });
    expect(resumed).not.toHaveProperty("status_details");
    expect(resumed.items.data[0]!.current_period_start).toBeGreaterThanOrEqual(half + 90 * DAY);
    expect(await told(subscription.id)).toEqual(
      expect.arrayContaining(["customer.subscription.paused", "customer.subscription.resumed"]),
    );
    expect((await latest(subscription.id)).status).toBe("active");
    await expectNoFaults();
  });

  test("stays paused until its invoice is paid", async () => {
    const { stripe, customer, pay, subscribe, latest, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const subscription = await subscribe(id);
    await stripe.subscriptions.pause(subscription.id, { bill_for: { unused_time_from: { type: "none" } } });
    await pay(id, "pm_card_chargeCustomerFail");
    await stripe.subscriptions.resume(subscription.id, { payment_behavior: "resume_on_payment_success" });
    expect(await latest(subscription.id)).toMatchObject({ status: "paused", latest_invoice: { status: "open" } });
    await pay(id, "pm_card_visa");
    await stripe.invoices.pay((await latest(subscription.id)).latest_invoice.id);
    expect((await latest(subscription.id)).status).toBe("active");
    await expectNoFaults();
  });

  test.each([
    { behavior: "void", status: "void" },
    { behavior: "mark_uncollectible", status: "uncollectible" },
    { behavior: "keep_as_draft", status: "draft" },
  ] as const)("in its collection only, its invoices end $status", async ({ behavior, status }) => {
    const { stripe, customer, subscribe, latest, advanceTo, expectNoFaults } = await newShop();
    const subscription = await subscribe((await customer("pm_card_visa")).id);
    await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior } });
    await advanceTo(periodEnd(subscription) + HOUR);
    expect(await latest(subscription.id)).toMatchObject({ status: "active", latest_invoice: { status } });
    await stripe.subscriptions.update(subscription.id, { pause_collection: "" });
    expect((await latest(subscription.id)).pause_collection).toBeNull();
    await expectNoFaults();
  });
});
