import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, newShop, type Shop, type Subscribed } from "./shop.ts";

/** A subscription that was paid with a card; `charge` is what it was paid with. */
async function paidWith(
  card: string,
): Promise<Shop & { invoice: Stripe.Invoice; charge: Stripe.Charge; subscription: Subscribed }> {
  const shop = await newShop();
  const { id } = await shop.customer(card);
  const subscription = await shop.subscribe(id);
  const [charge] = (await shop.stripe.charges.list({ customer: id })).data;
  return { ...shop, subscription, invoice: subscription.latest_invoice, charge: charge! };
}

describe("a credit note", () => {
  test("gives back to the card and to the balance what it says, and no more than was invoiced", async () => {
    const { stripe, subscription, invoice, charge, told, expectNoFaults } = await paidWith("pm_card_visa");
    const [line] = invoice.lines.data;
    const asked = {
      invoice: invoice.id,
      lines: [{ type: "invoice_line_item" as const, invoice_line_item: line!.id, amount: 4000 }],
      refund_amount: 3000,
      credit_amount: 1000,
    };
    expect(await stripe.creditNotes.preview(asked)).toMatchObject({ amount: 4000, type: "post_payment" });
    expect((await stripe.creditNotes.list({ invoice: invoice.id })).data).toEqual([]);

    const note = await stripe.creditNotes.create({ ...asked, reason: "order_change", expand: ["refunds.refund"] });
    expect(note).toMatchObject({
      number: `${invoice.number}-CN-01`,
      post_payment_amount: 4000,
      refunds: [{ amount_refunded: 3000, refund: { status: "succeeded", charge: charge.id } }],
    });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 3000, refunded: false });
    expect(await stripe.customers.retrieve(subscription.customer)).toMatchObject({ balance: -1000 });
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ post_payment_credit_notes_amount: 4000 });

    await expect(
      stripe.creditNotes.create({ ...asked, lines: [{ ...asked.lines[0]!, amount: 6000 }] }),
    ).rejects.toThrow("more than what is left");
    await expect(stripe.creditNotes.create({ invoice: invoice.id, amount: 5901, refund_amount: 5901 })).rejects.toThrow(
      "more than what is left",
    );
    await expect(stripe.creditNotes.create({ invoice: invoice.id, amount: 5900, refund_amount: 5000 })).rejects.toThrow(
      "must equal",
    );
    await stripe.creditNotes.create({ invoice: invoice.id, amount: 5900, refund_amount: 5900 });
    expect(await told(charge.id)).toEqual(["charge.succeeded", "charge.refunded", "charge.refunded"]);
    await expectNoFaults();
  });

  test("before the payment lessens what is due, until it is void", async () => {
    const { stripe, customer, expectNoFaults } = await newShop();
    const { id } = await customer();
    const draft = await stripe.invoices.create({ customer: id, collection_method: "send_invoice", days_until_due: 30 });
    await stripe.invoices.addLines(draft.id, {
      lines: [
        { amount: 5000, description: "Set-up" },
        { quantity: 3, price_data: { currency: "usd", product_data: { name: "Day of advice" }, unit_amount: 1000 } },
      ],
    });
    const invoice = await stripe.invoices.finalizeInvoice(draft.id);
    const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 1500 });
    expect(note.type).toBe("pre_payment");
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      total: 8000,
      amount_due: 6500,
      amount_remaining: 6500,
    });

    await stripe.creditNotes.voidCreditNote(note.id);
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ amount_due: 8000, status: "open" });
    await stripe.creditNotes.create({ invoice: invoice.id, amount: 8000 });
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ amount_due: 0, status: "paid" });
    await expectNoFaults();
  });
});

describe("a refund", () => {
  test("of a whole charge happens once", async () => {
    const { stripe, charge, expectNoFaults } = await paidWith("pm_card_visa");
    await stripe.refunds.create({ charge: charge.id });
    await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: "charge_already_refunded",
    });
    await expectNoFaults();
  });

  test("may fail after it had succeeded, and the money is there again", async () => {
    const { stripe, charge, now, advanceTo, told, expectNoFaults } = await paidWith("pm_card_refundFail");
    const refund = await stripe.refunds.create({ payment_intent: charge.payment_intent as string });
    expect(refund.status).toBe("succeeded");
    await advanceTo((await now()) + HOUR);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: "failed",
      failure_reason: expect.any(String),
    });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(await told(refund.id)).toEqual([
      "refund.created",
      "refund.updated",
      "charge.refund.updated",
      "refund.failed",
    ]);
    await expectNoFaults();
  });

  test("may take its time", async () => {
    const { stripe, charge, now, advanceTo, expectNoFaults } = await paidWith("pm_card_pendingRefund");
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 100 });
    expect(refund.status).toBe("pending");
    await advanceTo((await now()) + HOUR);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
    await expectNoFaults();
  });
});

test("a charge that is disputed cannot be refunded, and the dispute ends as it is told", async () => {
  const { stripe, charge, local, told, expectNoFaults } = await paidWith("pm_card_createDispute");
  const [dispute] = (await stripe.disputes.list({ charge: charge.id })).data;
  expect(dispute).toMatchObject({ status: "needs_response", amount: 9900 });
  await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({ code: "charge_disputed" });
  await local("POST", `disputes/${dispute!.id}/close`, { status: "won" });
  expect((await stripe.disputes.retrieve(dispute!.id)).status).toBe("won");
  expect(await told(dispute!.id)).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.dispute.funds_reinstated",
    "charge.dispute.closed",
  ]);
  await expectNoFaults();
});

describe("the balance of a customer", () => {
  test("is used by the next invoice, and given back when that is void", async () => {
    const { stripe, customer, expectNoFaults } = await newShop();
    const { id } = await customer();
    await stripe.customers.createBalanceTransaction(id, { amount: -3000, currency: "usd" });
    const draft = await stripe.invoices.create({ customer: id, currency: "usd" });
    await stripe.invoiceItems.create({ customer: id, invoice: draft.id, amount: 5000, currency: "usd" });
    const invoice = await stripe.invoices.finalizeInvoice(draft.id);
    expect(invoice).toMatchObject({ total: 5000, amount_due: 2000, starting_balance: -3000, ending_balance: 0 });
    await stripe.invoices.voidInvoice(invoice.id);
    const { data } = await stripe.customers.listBalanceTransactions(id);
    expect(data.map(({ type, ending_balance }) => [type, ending_balance])).toEqual([
      ["unapplied_from_invoice", -3000],
      ["applied_to_invoice", 0],
      ["adjustment", -3000],
    ]);
    await expectNoFaults();
  });

  test("takes what is too small to be charged, for the next invoice to ask for", async () => {
    const { stripe, customer, now, advanceTo, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const charge = async (amount: number) => {
      const draft = await stripe.invoices.create({ customer: id, currency: "usd" });
      await stripe.invoiceItems.create({ customer: id, invoice: draft.id, amount, currency: "usd" });
      return stripe.invoices.finalizeInvoice(draft.id, { auto_advance: true });
    };
    expect(await charge(30)).toMatchObject({ status: "paid", total: 30, amount_due: 0, ending_balance: 30 });
    await advanceTo((await now()) + DAY);
    expect(await charge(100)).toMatchObject({ status: "paid", total: 100, amount_due: 130, amount_paid: 130 });
    await expectNoFaults();
  });
});
