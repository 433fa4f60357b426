import { describe, expect, test } from "vitest";
import { DAY, HOUR, newShop, periodEnd, type Shop, type Subscribed } from "./shop.ts";

/** A subscription whose renewal has just failed, at `failedAt`. */
async function pastDue(): Promise<Shop & { subscription: Subscribed; failedAt: number }> {
  const shop = await newShop();
  const { id } = await shop.customer("pm_card_visa");
  const first = await shop.subscribe(id);
  await shop.pay(id, "pm_card_chargeCustomerFail");
  const failedAt = periodEnd(first) + HOUR;
  await shop.advanceTo(failedAt);
  return { ...shop, subscription: await shop.latest(first.id), failedAt };
}

describe("a renewal that fails", () => {
  test("makes the subscription past due and is tried again on days 1, 3, 7 and 14, then it ends", async () => {
    const { subscription, failedAt, stripe, latest, advanceTo, told, expectNoFaults } = await pastDue();
    expect(subscription).toMatchObject({ status: "past_due", latest_invoice: { status: "open", attempt_count: 1 } });
    const id = subscription.latest_invoice.id;
    for (const [index, day] of [1, 3, 7, 14].entries()) {
      const at = failedAt + day * DAY;
      expect((await stripe.invoices.retrieve(id)).next_payment_attempt).toBe(at);
      await advanceTo(at - 1);
      expect((await stripe.invoices.retrieve(id)).attempt_count).toBe(index + 1);
      expect((await latest(subscription.id)).status).toBe("past_due");
      await advanceTo(at);
    }
    expect(await latest(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: failedAt + 14 * DAY,
      cancellation_details: { reason: "payment_failed" },
      latest_invoice: { status: "open", attempt_count: 5, next_payment_attempt: null, auto_advance: false },
    });
    expect((await told(id)).filter((type) => type === "invoice.payment_failed")).toHaveLength(5);
    await advanceTo(failedAt + 60 * DAY);
    expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(2);
    await expectNoFaults();
  });

  test.each([0, 2, 10, 13])("is forgiven when it is paid on day %i", async (day) => {
    const { subscription, failedAt, stripe, pay, latest, advanceTo, told, expectNoFaults } = await pastDue();
    await advanceTo(failedAt + day * DAY);
    await pay(subscription.customer, "pm_card_visa");
    expect(await stripe.invoices.pay(subscription.latest_invoice.id)).toMatchObject({ status: "paid" });
    expect(await latest(subscription.id)).toMatchObject({ status: "active" });

    await advanceTo(failedAt + 20 * DAY);
    expect(await latest(subscription.id)).toMatchObject({ status: "active" });
    expect((await told(subscription.latest_invoice.id)).filter((type) => type === "invoice.paid")).toHaveLength(1);
    await expectNoFaults();
  });

  test("is paid by itself at the next attempt, once there is a card that works", async () => {
    const { subscription, failedAt, pay, latest, advanceTo, expectNoFaults } = await pastDue();
    await pay(subscription.customer, "pm_card_mastercard");
    await advanceTo(failedAt + DAY);
    expect(await latest(subscription.id)).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
    await expectNoFaults();
  });

  test("answers a payment in vain with the bank's reason, and keeps to its schedule", async () => {
    const { subscription, failedAt, stripe, expectNoFaults } = await pastDue();
    const id = subscription.latest_invoice.id;
    await expect(stripe.invoices.pay(id)).rejects.toMatchObject({
      type: "StripeCardError",
      statusCode: 402,
      code: "card_declined",
      decline_code: "generic_decline",
      payment_intent: { status: "requires_payment_method" },
    });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: failedAt + DAY,
    });
    await expectNoFaults();
  });

  test("fails too when there is no card any more", async () => {
    const { stripe, customer, subscribe, latest, advanceTo, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const first = await subscribe(id);
    const [card] = (await stripe.customers.listPaymentMethods(id)).data;
    await stripe.paymentMethods.detach(card!.id);
    await advanceTo(periodEnd(first) + HOUR);
    expect(await latest(first.id)).toMatchObject({ status: "past_due", latest_invoice: { attempted: true } });
    await expectNoFaults();
  });

  test("that the bank wants approved waits for the person", async () => {
    const { stripe, customer, subscribe, pay, latest, advanceTo, told, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const first = await subscribe(id);
    await pay(id, "pm_card_authenticationRequired");
    await advanceTo(periodEnd(first) + HOUR);
    const { status, latest_invoice } = await latest(first.id);
    expect(status).toBe("past_due");
    expect(await told(latest_invoice.id)).toContain("invoice.payment_action_required");
    await expect(stripe.invoices.pay(latest_invoice.id)).rejects.toMatchObject({
      statusCode: 402,
      code: "invoice_payment_intent_requires_action",
    });
    await expectNoFaults();
  });
});

describe("an invoice that is sent", () => {
  test("is due after its days, overdue then, and restores the subscription when it is paid", async () => {
    const { stripe, customer, subscribe, latest, advanceTo, told, expectNoFaults } = await newShop();
    const { id } = await customer();
    const subscription = await subscribe(id, { collection_method: "send_invoice", days_until_due: 30 });
    expect(subscription).toMatchObject({ status: "active", latest_invoice: { status: "draft" } });

    await advanceTo(subscription.created + HOUR);
    const sent = (await latest(subscription.id)).latest_invoice;
    expect(sent).toMatchObject({ status: "open", due_date: subscription.created + HOUR + 30 * DAY });
    expect(await told(sent.id)).toContain("invoice.sent");

    await advanceTo(sent.due_date! - 1);
    expect((await latest(subscription.id)).status).toBe("active");
    await advanceTo(sent.due_date!);
    expect((await latest(subscription.id)).status).toBe("past_due");
    expect(await told(sent.id)).toContain("invoice.overdue");

    const paid = await stripe.invoices.pay(sent.id, { paid_out_of_band: true });
    expect(paid).toMatchObject({ status: "paid", amount_paid: 9900, amount_paid_off_stripe: 9900 });
    expect((await stripe.paymentIntents.list({ customer: id })).data.map(({ status }) => status)).toContain("canceled");
    await expectNoFaults();
  });
});
