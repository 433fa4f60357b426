import { describe, expect, test } from "vitest";
import { HOUR, newShop } from "./shop.ts";

describe("a draft", () => {
  test("shows its items as they are: changed, taken away, added, and the sums with them", async () => {
    const { stripe, customer, expectNoFaults } = await newShop();
    const { id } = await customer();
    const draft = await stripe.invoices.create({ customer: id, currency: "usd", metadata: { order: "o-1" } });
    expect(draft).toMatchObject({ status: "draft", auto_advance: false, number: null, total: 0 });
    const item = await stripe.invoiceItems.create({
      customer: id,
      invoice: draft.id,
      currency: "usd",
      unit_amount_decimal: "0.1" as never,
      quantity_decimal: "12345.5" as never,
      description: "API calls",
      metadata: { meter: "api_calls" },
    });
    expect(item.amount).toBe(1235);
    await stripe.invoices.addLines(draft.id, {
      lines: [{ amount: 500, description: "Set-up", period: { start: 1_700_000_000, end: 1_700_086_400 } }],
    });
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
      total: 1735,
      lines: {
        data: [
          { description: "API calls", amount: 1235, metadata: { meter: "api_calls" } },
          { description: "Set-up", amount: 500, period: { start: 1_700_000_000, end: 1_700_086_400 } },
        ],
      },
    });

    await stripe.invoiceItems.update(item.id, { amount: 2000, description: "Calls" });
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 2500 });
    await stripe.invoiceItems.del(item.id);
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 500, lines: { data: [{ amount: 500 }] } });
    await expectNoFaults();
  });

  test("shows ten of its lines, and all of them page by page", async () => {
    const { stripe, customer, expectNoFaults } = await newShop();
    const draft = await stripe.invoices.create({ customer: (await customer()).id, currency: "usd" });
    const lines = Array.from({ length: 23 }, (_, index) => ({ amount: index + 1, description: `Line ${index + 1}` }));
    const filled = await stripe.invoices.addLines(draft.id, { lines });
    expect(filled.lines).toMatchObject({ has_more: true });
    expect(filled.lines.data).toHaveLength(10);
    const all = await stripe.invoices.listLineItems(draft.id, { limit: 7 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ description }) => description)).toEqual(lines.map(({ description }) => description));
    expect(filled.total).toBe((23 * 24) / 2);
    await expectNoFaults();
  });

  test("takes what waits when it is told to, and gives it back when it is deleted", async () => {
    const { stripe, customer, expectNoFaults } = await newShop();
    const { id } = await customer();
    await stripe.invoiceItems.create({ customer: id, amount: 700, currency: "usd" });
    const without = await stripe.invoices.create({ customer: id, currency: "usd" });
    expect(without.total).toBe(0);
    const draft = await stripe.invoices.create({
      customer: id,
      pending_invoice_items_behavior: "include",
      currency: "usd",
    });
    expect(draft.total).toBe(700);
    expect((await stripe.invoiceItems.list({ customer: id, pending: true })).data).toEqual([]);
    await stripe.invoices.del(draft.id);
    expect((await stripe.invoiceItems.list({ customer: id, pending: true })).data).toHaveLength(1);
    await expect(stripe.invoices.retrieve(draft.id)).rejects.toMatchObject({
      code: "resource_missing",
      statusCode: 404,
    });
    await expectNoFaults();
  });

  test("advances by itself after an hour only when it is told to", async () => {
    const { stripe, customer, now, advanceTo, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const made = async (auto_advance: boolean) => {
      const draft = await stripe.invoices.create({ customer: id, auto_advance, currency: "usd" });
      await stripe.invoiceItems.create({ customer: id, invoice: draft.id, amount: 900, currency: "usd" });
      return draft.id;
    };
    const [advancing, waiting] = [await made(true), await made(false)];
    await advanceTo((await now()) + HOUR + 60);
    expect((await stripe.invoices.retrieve(advancing)).status).toBe("paid");
    expect((await stripe.invoices.retrieve(waiting)).status).toBe("draft");
    await expectNoFaults();
  });
});

describe("a final invoice", () => {
  test("no longer changes, is not finalized or paid twice, and what it is not is refused", async () => {
    const { stripe, customer, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const draft = await stripe.invoices.create({ customer: id, currency: "usd" });
    const item = await stripe.invoiceItems.create({ customer: id, invoice: draft.id, amount: 900, currency: "usd" });
    const open = await stripe.invoices.finalizeInvoice(draft.id);
    expect(open).toMatchObject({ status: "open", auto_advance: false, attempted: false, amount_remaining: 900 });

    await expect(stripe.invoices.finalizeInvoice(draft.id)).rejects.toThrow("already finalized");
    await expect(stripe.invoiceItems.update(item.id, { amount: 1 })).rejects.toMatchObject({
      code: "invoice_not_editable",
    });
    await expect(stripe.invoices.update(draft.id, { description: "x" })).rejects.toMatchObject({
      param: "description",
    });
    await expect(stripe.invoices.del(draft.id)).rejects.toThrow("only delete draft");
    expect(await stripe.invoices.update(draft.id, { metadata: { a: "1" } })).toMatchObject({ metadata: { a: "1" } });

    expect(await stripe.invoices.pay(draft.id)).toMatchObject({ status: "paid", attempt_count: 1 });
    await expect(stripe.invoices.pay(draft.id)).rejects.toMatchObject({ code: "invoice_already_paid" });
    await expect(stripe.invoices.voidInvoice(draft.id)).rejects.toThrow("isn't open");
    await expectNoFaults();
  });

  test("that was written off can still be paid", async () => {
    const { stripe, customer, told, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const draft = await stripe.invoices.create({ customer: id, currency: "usd" });
    await stripe.invoiceItems.create({ customer: id, invoice: draft.id, amount: 900, currency: "usd" });
    await stripe.invoices.finalizeInvoice(draft.id);
    await stripe.invoices.markUncollectible(draft.id);
    expect(await stripe.invoices.pay(draft.id)).toMatchObject({ status: "paid" });
    expect(await told(draft.id)).toEqual(expect.arrayContaining(["invoice.marked_uncollectible", "invoice.paid"]));
    await expectNoFaults();
  });

  test("of a customer who is deleted stays, and nothing is collected any more", async () => {
    const { stripe, customer, subscribe, latest, advanceTo, now, expectNoFaults } = await newShop();
    const { id } = await customer("pm_card_visa");
    const subscription = await subscribe(id);
    const draft = await stripe.invoices.create({ customer: id, currency: "usd", auto_advance: true });
    await stripe.customers.del(id);
    expect((await latest(subscription.id)).status).toBe("canceled");
    await advanceTo((await now()) + 100 * 24 * HOUR);
    expect((await stripe.invoices.retrieve(draft.id)).status).toBe("draft");
    await expectNoFaults();
  });
});

describe("a checkout session", () => {
  test("says what is bought, and closes after a day or when it is told to", async () => {
    const { stripe, customer, starter, now, advanceTo, told, expectNoFaults } = await newShop();
    const { id } = await customer();
    const open = (more: object = {}) =>
      stripe.checkout.sessions.create({
        mode: "subscription",
        customer: id,
        line_items: [{ price: starter.id, quantity: 2 }],
        success_url: "https://example.com/done?session={CHECKOUT_SESSION_ID}",
        cancel_url: "https://example.com/back",
        client_reference_id: "o-1",
        expand: ["line_items"],
        ...more,
      });
    const session = await open();
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      amount_total: 19_800,
      url: expect.stringContaining(session.id),
      line_items: { data: [{ description: "Starter", quantity: 2, price: { id: starter.id } }] },
    });
    expect((await stripe.checkout.sessions.listLineItems(session.id)).data).toHaveLength(1);
    await expect(open({ subscription_data: { trial_end: (await now()) + HOUR } })).rejects.toMatchObject({
      param: "subscription_data[trial_end]",
    });

    expect((await stripe.checkout.sessions.expire((await open()).id)).status).toBe("expired");
    await advanceTo(session.expires_at - 1);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    await advanceTo(session.expires_at);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "expired", url: null });
    expect(await told(session.id)).toEqual(["checkout.session.expired"]);
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
    await expectNoFaults();
  });
});
