import fc from "fast-check";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { bill, DAY, newShop, type Shop, type Subscribed } from "./shop.ts";

type Step =
  | {
      kind: "change";
      plan: "professional" | "starter";
      quantity: number;
      billed: "always_invoice" | "create_prorations" | "none";
    }
  | { kind: "wait"; hours: number }
  | { kind: "card"; works: boolean }
  | { kind: "pay" }
  | { kind: "credit"; part: number }
  | { kind: "balance"; amount: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("change" as const),
    plan: fc.constantFrom("professional" as const, "starter" as const),
    quantity: fc.integer({ min: 1, max: 4 }),
    billed: fc.constantFrom("always_invoice" as const, "create_prorations" as const, "none" as const),
  }),
  fc.record({ kind: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 900 }) }),
  fc.record({ kind: fc.constant("card" as const), works: fc.boolean() }),
  fc.record({ kind: fc.constant("pay" as const) }),
  fc.record({ kind: fc.constant("credit" as const), part: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant("balance" as const), amount: fc.integer({ min: -20_000, max: 5000 }) }),
);

type Walk = { readonly shop: Shop; readonly customer: string; readonly subscription: string };

async function take({ shop, customer, subscription: id }: Walk, step: Step): Promise<void> {
  const { stripe, advanceTo, latest, now, pay } = shop;
  const subscription = await latest(id);
  if (step.kind === "wait") await advanceTo((await now()) + step.hours * 3600);
  if (step.kind === "card") await pay(customer, step.works ? "pm_card_visa" : "pm_card_chargeCustomerFail");
  if (step.kind === "balance") {
    await stripe.customers.createBalanceTransaction(customer, { amount: step.amount, currency: "usd" });
  }
  if (step.kind === "change" && subscription.status !== "canceled") await change(shop, subscription, step);
  if (step.kind === "pay") {
    const open = await stripe.invoices.list({ customer, status: "open" });
    for (const { id: invoice } of open.data) await stripe.invoices.pay(invoice).catch(() => undefined);
  }
  if (step.kind === "credit") await credit(shop, customer, step.part);
}

/** Whatever is changed, the preview has said what it costs. */
async function change(shop: Shop, before: Subscribed, step: Step & { kind: "change" }): Promise<void> {
  const { stripe, now } = shop;
  const items = [{ id: before.items.data[0]!.id, price: shop[step.plan].id, quantity: step.quantity }];
  const wanted = { items, proration_behavior: step.billed, proration_date: await now() };
  const preview = await stripe.invoices.createPreview({ subscription: before.id, subscription_details: wanted });
  const after = await stripe.subscriptions.update(before.id, { ...wanted, expand: ["latest_invoice"] });
  const invoice = after.latest_invoice as Stripe.Invoice;
  if (step.billed === "always_invoice" && invoice.id !== before.latest_invoice.id) {
    // What is drafted beside it may use the balance first.
    const { lines, total } = bill(preview);
    expect({ lines, total }).toEqual({ lines: bill(invoice).lines, total: invoice.total });
  }
}

/** Gives back a part of the newest invoice that was paid with money. */
async function credit({ stripe }: Shop, customer: string, part: number): Promise<void> {
  // An invoice may collect what was owed before, beyond its own total; only its own can be given back.
  const left = ({ amount_paid, post_payment_credit_notes_amount: given, total }: Stripe.Invoice): number =>
    Math.min(amount_paid, total) - given;
  const paid = (await stripe.invoices.list({ customer, status: "paid", limit: 100 })).data.find(
    (invoice) => left(invoice) >= 100,
  );
  if (!paid) return;
  const amount = Math.max(1, Math.floor((left(paid) * part) / 100));
  await stripe.creditNotes.create({ invoice: paid.id, amount, refund_amount: amount });
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

async function expectBooksToBalance({ shop, customer }: Walk): Promise<void> {
  const { stripe } = shop;
  const list = { customer, limit: 100 };
  const invoices = await stripe.invoices.list(list).autoPagingToArray({ limit: 1000 });
  const charges = await stripe.charges.list(list).autoPagingToArray({ limit: 1000 });
  const entries = await stripe.customers
    .listBalanceTransactions(customer, { limit: 100 })
    .autoPagingToArray({ limit: 1000 });
  const { balance } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;

  expect(sum(entries.map(({ amount }) => amount))).toBe(balance);
  for (const invoice of invoices.filter(({ status }) => status === "paid" || status === "open")) {
    expect(invoice.amount_due + invoice.ending_balance!).toBe(invoice.total + invoice.starting_balance);
    expect(sum(invoice.lines.data.map(({ amount }) => amount))).toBe(invoice.total);
  }
  const succeeded = charges.filter(({ status }) => status === "succeeded");
  const paid = invoices.filter(({ status }) => status === "paid");
  expect(sum(succeeded.map(({ amount }) => amount))).toBe(sum(paid.map(({ amount_paid }) => amount_paid)));
  expect(sum(succeeded.map(({ amount_refunded }) => amount_refunded))).toBe(
    sum(paid.map(({ post_payment_credit_notes_amount }) => post_payment_credit_notes_amount)),
  );
  // Each invoice item is on one invoice, or waits.
  const shown = invoices.flatMap(({ lines }) =>
    lines.data.map(
      ({ parent }) => parent?.subscription_item_details?.invoice_item ?? parent?.invoice_item_details?.invoice_item,
    ),
  );
  const onInvoices = shown.filter((item) => item != null);
  expect(new Set(onInvoices).size).toBe(onInvoices.length);
}

test("whatever happens to a subscription, no cent is lost and none is invented", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 14 }), async (walk) => {
      const shop = await newShop();
      const { id: customer } = await shop.customer("pm_card_visa");
      const subscription = (await shop.subscribe(customer)).id;
      for (const step of walk) await take({ shop, customer, subscription }, step);
      await shop.advanceTo((await shop.now()) + 45 * DAY);
      await expectBooksToBalance({ shop, customer, subscription });
      await shop.local("POST", "webhooks/flush");
      expect(shop.faults).toEqual([]);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
