import { describe, expect, test } from "vitest";
import { bill, DAY, HOUR, newShop, periodEnd, type Shop, type Subscribed } from "./shop.ts";

/** A customer on Starter in the middle of the second month. */
async function inMidMonth(card = "pm_card_visa"): Promise<Shop & { subscription: Subscribed; at: number }> {
  const shop = await newShop();
  const { id } = await shop.customer(card);
  const subscription = await shop.subscribe(id);
  const at = subscription.created + 12 * DAY + 3456;
  await shop.advanceTo(at + 90);
  return { ...shop, subscription, at };
}

const itemOf = ({ items }: Subscribed): string => items.data[0]!.id;

describe("an upgrade", () => {
  test("is charged now by the second, and is exactly what its preview said", async () => {
    const { stripe, subscription, at, professional, expectNoFaults } = await inMidMonth();
    const items = [{ id: itemOf(subscription), price: professional.id }];
    const change = { items, proration_behavior: "always_invoice", proration_date: at } as const;
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change,
    });

    const after = await stripe.subscriptions.update(subscription.id, {
      ...change,
      payment_behavior: "pending_if_incomplete",
      expand: ["latest_invoice"],
    });

    const invoice = (after as Subscribed).latest_invoice;
    expect(bill(invoice)).toEqual(bill(preview));
    expect(invoice).toMatchObject({ status: "paid", billing_reason: "subscription_update" });
    const [credit, debit] = invoice.lines.data;
    const left = (periodEnd(subscription) - at) / (periodEnd(subscription) - subscription.created);
    expect(credit).toMatchObject({
      amount: -Math.round(9900 * left),
      period: { start: at, end: periodEnd(subscription) },
    });
    expect(debit!.amount).toBe(Math.round(49_900 * left));
    expect(after.items.data[0]).toMatchObject({
      price: { id: professional.id },
      current_period_end: periodEnd(subscription),
    });
    await expectNoFaults();
  });

  test("whose payment fails changes nothing until it is paid", async () => {
    const { stripe, subscription, at, professional, starter, pay, latest, told, expectNoFaults } = await inMidMonth();
    const bad = await pay(subscription.customer, "pm_card_chargeCustomerFail");
    const pending = (await stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription), price: professional.id }],
      proration_behavior: "always_invoice",
      proration_date: at,
      payment_behavior: "pending_if_incomplete",
      expand: ["latest_invoice"],
    })) as Subscribed;

    expect(pending).toMatchObject({
      status: "active",
      items: { data: [{ price: { id: starter.id } }] },
      pending_update: { subscription_items: [{ price: { id: professional.id } }] },
      latest_invoice: {
        status: "open",
        hosted_invoice_url: expect.stringContaining("/invoice/"),
        next_payment_attempt: null,
      },
    });
    const good = await pay(subscription.customer, "pm_card_visa");
    expect(good.id).not.toBe(bad.id);
    await stripe.invoices.pay(pending.latest_invoice.id);

    expect(await latest(subscription.id)).toMatchObject({
      items: { data: [{ price: { id: professional.id } }] },
      pending_update: null,
    });
    expect(await told(subscription.id)).toContain("customer.subscription.pending_update_applied");
    await expectNoFaults();
  });

  test("that is paid after a renewal applies to the period that runs then, and nothing is billed twice", async () => {
    const { stripe, subscription, professional, pay, latest, advanceTo, expectNoFaults } = await inMidMonth();
    await advanceTo(periodEnd(subscription) - HOUR);
    const { id: bad } = await pay(subscription.customer, "pm_card_chargeCustomerFail");
    const pending = (await stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription), price: professional.id }],
      proration_behavior: "always_invoice",
      payment_behavior: "pending_if_incomplete",
      expand: ["latest_invoice"],
    })) as Subscribed;
    await advanceTo(periodEnd(subscription) + 60);
    const renewed = await latest(subscription.id);
    expect(periodEnd(renewed)).toBeGreaterThan(periodEnd(subscription));

    const good = await pay(subscription.customer, "pm_card_visa");
    expect(good.id).not.toBe(bad);
    await stripe.invoices.pay(pending.latest_invoice.id);
    await advanceTo(periodEnd(subscription) + DAY);
    const after = await latest(subscription.id);
    expect(after).toMatchObject({ pending_update: null, items: { data: [{ price: { id: professional.id } }] } });
    expect(periodEnd(after)).toBe(periodEnd(renewed));
    expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(3);
    await expectNoFaults();
  });

  test("that is not paid within 23 hours is dropped and its invoice is void", async () => {
    const { stripe, subscription, professional, starter, pay, latest, advanceTo, told, expectNoFaults } =
      await inMidMonth();
    await pay(subscription.customer, "pm_card_chargeCustomerFail");
    const { pending_update } = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription), price: professional.id }],
      proration_behavior: "always_invoice",
      payment_behavior: "pending_if_incomplete",
    });
    await advanceTo(pending_update!.expires_at - 1);
    expect((await latest(subscription.id)).pending_update).not.toBeNull();
    await advanceTo(pending_update!.expires_at);
    expect(await latest(subscription.id)).toMatchObject({
      status: "active",
      items: { data: [{ price: { id: starter.id } }] },
      latest_invoice: { status: "void" },
      pending_update: null,
    });
    expect(await told(subscription.id)).toContain("customer.subscription.pending_update_expired");
    await expectNoFaults();
  });

  test("after a trial keeps the period; in a trial it costs nothing", async () => {
    const { stripe, customer, subscribe, professional, starter, latest, advanceTo, now, expectNoFaults } =
      await newShop();
    const trial = await subscribe((await customer("pm_card_visa")).id, { trial_period_days: 14 });
    const change = (price: string) =>
      stripe.subscriptions.update(trial.id, {
        items: [{ id: itemOf(trial), price }],
        proration_behavior: "always_invoice",
      });
    await change(professional.id);
    expect(await latest(trial.id)).toMatchObject({ status: "trialing", latest_invoice: { total: 0 } });
    expect((await stripe.invoices.list({ subscription: trial.id })).data).toHaveLength(1);
    await change(starter.id);

    await advanceTo(trial.trial_end! + 10 * DAY);
    const before = await latest(trial.id);
    await change(professional.id);
    const after = await latest(trial.id);
    expect(after.items.data[0]).toMatchObject({
      current_period_end: periodEnd(before),
      price: { id: professional.id },
    });
    const left = (periodEnd(before) - (await now())) / (periodEnd(before) - trial.trial_end!);
    expect(after.latest_invoice.total / 40_000).toBeCloseTo(left, 3);
    await expectNoFaults();
  });

  test("credits only what was billed: a first period that was free is not given back", async () => {
    const { stripe, customer, subscribe, professional, now, advanceTo, expectNoFaults } = await newShop();
    const start = await now();
    const free = await subscribe((await customer("pm_card_visa")).id, {
      billing_cycle_anchor: start + 20 * DAY,
      proration_behavior: "none",
    });
    expect(free).toMatchObject({ status: "active", latest_invoice: { total: 0, status: "paid" } });
    await advanceTo(start + 10 * DAY);
    const after = (await stripe.subscriptions.update(free.id, {
      items: [{ id: itemOf(free), price: professional.id }],
      proration_behavior: "always_invoice",
      expand: ["latest_invoice"],
    })) as Subscribed;
    expect(after.latest_invoice.lines.data.map(({ description }) => description)).toEqual([
      expect.stringContaining("Remaining time on Professional"),
    ]);
    expect(periodEnd(after)).toBe(start + 20 * DAY);
    await expectNoFaults();
  });

  test("to a yearly price starts the year now", async () => {
    const { stripe, subscription, at, expectNoFaults, now } = await inMidMonth();
    const yearly = await stripe.prices.create({
      currency: "usd",
      product_data: { name: "Professional, yearly" },
      recurring: { interval: "year" },
      unit_amount: 499_000,
    });
    const items = [{ id: itemOf(subscription), price: yearly.id }];
    const change = { items, proration_behavior: "always_invoice", proration_date: at } as const;
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change,
    });
    const instant = await now();
    const after = (await stripe.subscriptions.update(subscription.id, {
      ...change,
      expand: ["latest_invoice"],
    })) as Subscribed;
    expect(after.latest_invoice.total).toBe(preview.total);
    expect(after.latest_invoice.lines.data).toHaveLength(2);
    const year = new Date(instant * 1000);
    year.setUTCFullYear(year.getUTCFullYear() + 1);
    expect(Math.abs(periodEnd(after) - year.getTime() / 1000)).toBeLessThan(60);
    await expectNoFaults();
  });
});

describe("a downgrade", () => {
  test("at once becomes credit that the next invoice uses", async () => {
    const { stripe, subscription, at, professional, latest, advanceTo, expectNoFaults, starter } = await inMidMonth();
    const [id, change] = [itemOf(subscription), { proration_behavior: "always_invoice", proration_date: at } as const];
    await stripe.subscriptions.update(subscription.id, { items: [{ id, price: professional.id }], ...change });
    const down = (await stripe.subscriptions.update(subscription.id, {
      items: [{ id, price: starter.id }],
      ...change,
      expand: ["latest_invoice"],
    })) as Subscribed;
    const credit = -down.latest_invoice.total;
    expect(down.latest_invoice).toMatchObject({ status: "paid", amount_due: 0, ending_balance: -credit });
    const { balance } = (await stripe.customers.retrieve(subscription.customer)) as { balance: number };
    expect(balance).toBe(-credit);

    await advanceTo(periodEnd(subscription) + HOUR);
    const { latest_invoice: renewal } = await latest(subscription.id);
    expect(renewal.total - renewal.amount_due).toBe(Math.min(credit, 9900));
    await expectNoFaults();
  });

  test("by schedule waits for the end of the period, is previewed, and leaves the subscription on its own", async () => {
    const { stripe, subscription, professional, starter, latest, advanceTo, expectNoFaults } = await inMidMonth();
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription), price: professional.id }],
      proration_behavior: "none",
    });
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    const [running] = schedule.phases;
    await stripe.subscriptionSchedules.update(schedule.id, {
      end_behavior: "release",
      phases: [
        { items: [{ price: professional.id }], start_date: running!.start_date, end_date: running!.end_date },
        { items: [{ price: starter.id }], duration: { interval: "month" }, metadata: { plan: "starter" } },
      ],
    });
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id });

    await advanceTo(periodEnd(subscription) - 1);
    expect((await latest(subscription.id)).items.data[0]!.price.id).toBe(professional.id);
    await advanceTo(periodEnd(subscription));
    const after = await latest(subscription.id);
    expect(after).toMatchObject({ items: { data: [{ price: { id: starter.id } }] }, metadata: { plan: "starter" } });
    expect(bill(after.latest_invoice)).toEqual(bill(preview));
    expect(after.latest_invoice.total).toBe(9900);

    await advanceTo(periodEnd(after) + HOUR);
    expect(await latest(subscription.id)).toMatchObject({
      schedule: null,
      latest_invoice: { status: "paid", total: 9900 },
    });
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
      status: "released",
      released_subscription: subscription.id,
    });
    await expectNoFaults();
  });

  test("that is scheduled can be taken back, and forbids to end the subscription beside it", async () => {
    const { stripe, subscription, latest, expectNoFaults } = await inMidMonth();
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    await expect(stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })).rejects.toMatchObject({
      param: "cancel_at_period_end",
    });
    expect(await stripe.subscriptionSchedules.release(schedule.id)).toMatchObject({ status: "released" });
    expect((await latest(subscription.id)).schedule).toBeNull();
    await expectNoFaults();
  });
});

describe("a preview", () => {
  test("of changes that wait is the renewal that then comes", async () => {
    const { stripe, subscription, at, professional, latest, advanceTo, expectNoFaults } = await inMidMonth();
    const items = [{ id: itemOf(subscription), price: professional.id, quantity: 3 }];
    const change = { items, proration_behavior: "create_prorations", proration_date: at } as const;
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change,
    });
    await stripe.subscriptions.update(subscription.id, change);
    await advanceTo(periodEnd(subscription));
    expect(bill((await latest(subscription.id)).latest_invoice)).toEqual(bill(preview));
    await expectNoFaults();
  });

  test("leaves nothing behind", async () => {
    const { stripe, subscription, professional, told, expectNoFaults } = await inMidMonth();
    const before = [await stripe.subscriptions.retrieve(subscription.id), await told()];
    await stripe.invoices.createPreview({
      subscription: subscription.id,
      invoice_items: [{ amount: 100, currency: "usd" }],
      subscription_details: { items: [{ id: itemOf(subscription), price: professional.id }] },
    });
    expect([await stripe.subscriptions.retrieve(subscription.id), await told()]).toEqual(before);
    expect((await stripe.invoiceItems.list()).data).toEqual([]);
    await expectNoFaults();
  });

  test("of an end now credits what is unused", async () => {
    const { stripe, subscription, expectNoFaults } = await inMidMonth();
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      invoice_items: [{ amount: 700, currency: "usd", description: "Usage" }],
      subscription_details: { cancel_now: true },
    });
    expect(preview.lines.data.map(({ description }) => description)).toEqual([
      "Usage",
      expect.stringContaining("Unused time on Starter"),
    ]);
    const ended = (await stripe.subscriptions.cancel(subscription.id, {
      invoice_now: true,
      prorate: true,
      expand: ["latest_invoice"],
    })) as Subscribed;
    expect(ended.latest_invoice.total / 100).toBeCloseTo((preview.total - 700) / 100, 1);
    await expectNoFaults();
  });

  test("of a first invoice needs no subscription", async () => {
    const { stripe, customer, starter, expectNoFaults } = await newShop();
    const { id } = await customer();
    const preview = await stripe.invoices.createPreview({
      customer: id,
      subscription_details: { items: [{ price: starter.id }] },
    });
    expect(preview).toMatchObject({ total: 9900, status: "draft", number: null });
    await expectNoFaults();
  });

  test("of a subscription that ends is refused: no invoice will follow", async () => {
    const { stripe, subscription, expectNoFaults } = await inMidMonth();
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await expect(stripe.invoices.createPreview({ subscription: subscription.id })).rejects.toMatchObject({
      code: "invoice_upcoming_none",
      statusCode: 404,
    });
    await expectNoFaults();
  });
});

describe("an end", () => {
  test("at the end of the period can be taken back until then", async () => {
    const { stripe, subscription, latest, advanceTo, expectNoFaults } = await inMidMonth();
    const ending = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(ending).toMatchObject({ status: "active", cancel_at: periodEnd(subscription) });
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
    await advanceTo(periodEnd(subscription));
    expect(await latest(subscription.id)).toMatchObject({ status: "active", cancel_at: null });

    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    const end = periodEnd(await latest(subscription.id));
    await advanceTo(end - 1);
    expect((await latest(subscription.id)).status).toBe("active");
    await advanceTo(end);
    expect(await latest(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: end,
      cancellation_details: { reason: "cancellation_requested" },
    });
    await expectNoFaults();
  });

  test("now bills and credits nothing, unless it is asked to", async () => {
    const { stripe, subscription, customer, subscribe, expectNoFaults } = await inMidMonth();
    const count = async () => (await stripe.invoices.list({ limit: 100 })).data.length;
    const before = await count();
    expect((await stripe.subscriptions.cancel(subscription.id)).status).toBe("canceled");
    expect(await count()).toBe(before);
    await expect(stripe.subscriptions.cancel(subscription.id)).rejects.toMatchObject({ code: "resource_missing" });

    const other = await subscribe((await customer("pm_card_visa")).id);
    const ended = await stripe.subscriptions.cancel(other.id, {
      prorate: true,
      invoice_now: true,
      expand: ["latest_invoice"],
    });
    expect((ended as Subscribed).latest_invoice.total).toBeLessThan(-9800);
    await expectNoFaults();
  });
});
