import { describe, expect, test } from "vitest";
import { DAY, HOUR, newShop, periodEnd } from "./shop.ts";

const day = (at: number): string => new Date(at * 1000).toISOString().slice(0, 10);

describe("a subscription", () => {
  test("is active once its first invoice is paid, and every step of it is told", async () => {
    const { customer, subscribe, told, stripe, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");

    const subscription = await subscribe(id, { metadata: { organization: "o-1" } });

    const { latest_invoice: invoice } = subscription;
    expect(subscription).toMatchObject({ status: "active", metadata: { organization: "o-1" } });
    expect(invoice).toMatchObject({
      status: "paid",
      billing_reason: "subscription_create",
      amount_paid: 9900,
      number: expect.stringMatching(/-0001$/),
      parent: { subscription_details: { subscription: subscription.id, metadata: { organization: "o-1" } } },
    });
    const { data } = await stripe.invoicePayments.list({ invoice: invoice.id });
    expect(data).toMatchObject([{ status: "paid", amount_paid: 9900 }]);
    const types = await told();
    expect(types.slice(types.indexOf("customer.subscription.created"))).toEqual([
      "customer.subscription.created",
      "invoice.created",
      "payment_intent.created",
      "invoice.updated",
      "invoice.finalized",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "customer.subscription.updated",
    ]);
    await expectNoFaults();
  });

  test("cannot start without a card, unless it may be incomplete", async () => {
    const { customer, subscribe, stripe, latest, expectNoFaults } = await newShop();
    const { id } = await customer();
    await expect(subscribe(id)).rejects.toMatchObject({ code: "resource_missing", statusCode: 400 });

    const subscription = await subscribe(id, { payment_behavior: "default_incomplete" });
    expect(subscription).toMatchObject({ status: "incomplete", latest_invoice: { status: "open" } });

    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: id });
    await stripe.invoices.pay(subscription.latest_invoice.id, { payment_method: card.id });
    expect((await latest(subscription.id)).status).toBe("active");
    await expectNoFaults();
  });

  test("whose first payment does not come in 23 hours expires, and its invoice is void", async () => {
    const { customer, subscribe, latest, advanceTo, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_chargeCustomerFail");
    const subscription = await subscribe(id);
    expect(subscription.status).toBe("incomplete");

    await advanceTo(subscription.created + 23 * HOUR - 60);
    expect((await latest(subscription.id)).status).toBe("incomplete");
    await advanceTo(subscription.created + 23 * HOUR);
    expect(await latest(subscription.id)).toMatchObject({
      status: "incomplete_expired",
      latest_invoice: { status: "void" },
    });
    await expectNoFaults();
  });

  test("that must be paid at once or not be leaves nothing behind when it is declined", async () => {
    const { customer, subscribe, stripe, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_chargeCustomerFail");
    await expect(subscribe(id, { payment_behavior: "error_if_incomplete" })).rejects.toMatchObject({
      type: "StripeCardError",
      decline_code: "generic_decline",
    });
    expect((await stripe.subscriptions.list({ customer: id, status: "all" })).data).toEqual([]);
    await expectNoFaults();
  });
});

describe("a renewal", () => {
  test("is a draft for an hour, takes what waits, and is then paid", async () => {
    const { customer, subscribe, stripe, latest, advanceTo, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const first = await subscribe(id);
    await stripe.invoiceItems.create({ customer: id, amount: 123, currency: "usd", description: "Usage" });

    await advanceTo(periodEnd(first) - 1);
    expect((await latest(first.id)).latest_invoice.id).toBe(first.latest_invoice.id);
    await advanceTo(periodEnd(first));
    const { latest_invoice: draft } = await latest(first.id);
    expect(draft).toMatchObject({
      status: "draft",
      billing_reason: "subscription_cycle",
      total: 10_023,
      period_start: first.created,
      period_end: periodEnd(first),
      automatically_finalizes_at: periodEnd(first) + HOUR,
    });

    await advanceTo(periodEnd(first) + HOUR);
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ status: "paid", amount_paid: 10_023 });
    await expectNoFaults();
  });

  test("stays a draft for ever when it is told not to advance, and is collected when it is finalized", async () => {
    const { customer, subscribe, stripe, latest, advanceTo, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const first = await subscribe(id);
    await advanceTo(periodEnd(first));
    const draftId = (await latest(first.id)).latest_invoice.id;
    await stripe.invoices.update(draftId, { auto_advance: false });

    await advanceTo(periodEnd(first) + 20 * DAY);
    await stripe.invoiceItems.create({ customer: id, invoice: draftId, amount: 500, currency: "usd" });
    expect(await stripe.invoices.retrieve(draftId)).toMatchObject({ status: "draft", total: 10_400 });

    const paid = await stripe.invoices.finalizeInvoice(draftId, { auto_advance: true });
    expect(paid).toMatchObject({ status: "paid", amount_paid: 10_400 });
    await expect(
      stripe.invoiceItems.create({ customer: id, invoice: draftId, amount: 1, currency: "usd" }),
    ).rejects.toMatchObject({ code: "invoice_not_editable" });
    await expectNoFaults();
  });

  test("comes twelve times in a year, without gap or overlap, also from the 31st", async () => {
    const { customer, subscribe, stripe, advanceTo, expectNoFaults } = await newShop();
    const start = Date.UTC(2027, 0, 31, 10, 30) / 1000;
    await advanceTo(start);
    const subscription = await subscribe((await customer("pm_card_visa")).id, { billing_cycle_anchor: start + 60 });
    await advanceTo(Date.UTC(2028, 0, 31, 12, 30) / 1000);

    const invoices = (await stripe.invoices.list({ subscription: subscription.id, limit: 100 })).data.toReversed();
    const renewals = invoices.filter(({ billing_reason }) => billing_reason === "subscription_cycle");
    const periods = renewals.map(({ lines }) => lines.data[0]!.period);
    expect(renewals.every(({ status, total }) => status === "paid" && total === 9900)).toBe(true);
    expect(periods.map((period) => day(period.start))).toEqual([
      "2027-01-31",
      "2027-02-28",
      "2027-03-31",
      "2027-04-30",
      "2027-05-31",
      "2027-06-30",
      "2027-07-31",
      "2027-08-31",
      "2027-09-30",
      "2027-10-31",
      "2027-11-30",
      "2027-12-31",
      "2028-01-31",
    ]);
    expect(periods.slice(1).map(({ start }) => start)).toEqual(periods.slice(0, -1).map(({ end }) => end));
    const numbers = invoices.map(({ number }) => Number(number?.split("-")[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    await expectNoFaults();
  });

  test("bills what was used of a metered price, also what is reported late", async () => {
    const { customer, starter, subscribe, stripe, advanceTo, latest, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const meter = await stripe.billing.meters.create({
      display_name: "Calls",
      event_name: "calls",
      default_aggregation: { formula: "sum" },
      customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
      value_settings: { event_payload_key: "value" },
    });
    const calls = await stripe.prices.create({
      currency: "usd",
      product_data: { name: "Calls" },
      recurring: { interval: "month", meter: meter.id, usage_type: "metered" },
      unit_amount_decimal: "0.1" as never,
    });
    const metered = await subscribe((await customer()).id, { items: [{ price: calls.id }] });
    expect(metered).toMatchObject({ status: "active", latest_invoice: null });

    const first = await subscribe(id, { items: [{ price: starter.id }, { price: calls.id }] });
    expect(first.latest_invoice.total).toBe(9900);
    const use = (identifier: string, value: string, timestamp: number) =>
      stripe.billing.meterEvents.create({
        event_name: "calls",
        identifier,
        payload: { stripe_customer_id: id, value },
        timestamp,
      });
    await advanceTo(periodEnd(first) - DAY);
    await use("a", "12345", periodEnd(first) - DAY);
    await expect(use("a", "12345", periodEnd(first) - DAY)).rejects.toMatchObject({ statusCode: 400 });

    await advanceTo(periodEnd(first));
    const draftId = (await latest(first.id)).latest_invoice.id;
    expect((await stripe.invoices.retrieve(draftId)).total).toBe(9900 + 1235);
    await use("late", "1000", periodEnd(first) - 1);
    await use("next", "5000", periodEnd(first));
    expect((await stripe.invoices.retrieve(draftId)).total).toBe(9900 + 1335);
    await advanceTo(periodEnd(first) + HOUR);
    expect(await stripe.invoices.retrieve(draftId)).toMatchObject({ status: "paid", amount_paid: 9900 + 1335 });
    await expectNoFaults();
  });
});
