import { beforeAll, describe, expect, test } from "vitest";
import { cards, newStripeWorld, type StripeWorld } from "../../../test/stripe-world.ts";
import type { Asker } from "../../../test/world.ts";
import { inTenantTransaction } from "../../platform/database/tenant-transaction.ts";

const INVOICE = `id number status collection total { amount } amountDue { amount } amountPaid { amount } amountRemaining { amount }
  credited { amount } refunded { amount } dueAt lines { id kind description quantity amount { amount } }
  creditNotes { number reason memo amount { amount } refund { amount } toBalance { amount } } refunds { status amount { amount } }`;
const SHOWN = `__typename ... on Refusal { message } ... on Invoice { ${INVOICE} }`;
const INVOICES = `query($id: ID!) { organization(id: $id) { invoices(first: 20) { nodes { ${INVOICE} } } } }`;
const AUDIT = `query($id: ID!) { auditLog(first: 30, organizationId: $id) { nodes { action staff target detail } } }`;

let world: StripeWorld;
beforeAll(async () => {
  world = await newStripeWorld();
});

/** An organization that pays for Starter by card. */
async function customer(card: string = cards.good): Promise<{ owner: Asker; id: string }> {
  const organization = await world.organization();
  await world.buy(organization.owner, "STARTER", card);
  return organization;
}

const invoicesOf = async (id: string) => (await world.admin.get(INVOICES, { id })).organization.invoices.nodes;

/** Does something to an invoice as staff. */
async function act(name: string, input: object, asker: Asker = world.admin) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
  return (await asker.get(`mutation($input: ${type}) { ${name}(input: $input) { ${SHOWN} } }`, { input }))[name];
}

const line = (description: string, unitAmount: string, quantity = "1") => ({ description, quantity, unitAmount });

const byHand = (organizationId: string, change: object = {}) => ({
  organizationId,
  lines: [line("Workshop", "150.00", "2"), line("Training, by the hour", "33.50", "1.5"), line("Goodwill", "-10.00")],
  daysUntilDue: 14,
  reason: "as ordered",
  ...change,
});

describe("an invoice by hand", () => {
  test("is what its lines come to, is sent, and is due when it was said", async () => {
    const { id } = await customer();
    const invoice = await act("createInvoice", byHand(id, { memo: "Thank you" }));
    expect(invoice).toMatchObject({
      __typename: "Invoice",
      status: "OPEN",
      collection: "INVOICE",
      total: { amount: "340.25" },
      amountRemaining: { amount: "340.25" },
    });
    expect(invoice.lines).toMatchObject([
      { kind: "MANUAL", description: "Workshop", quantity: "2", amount: { amount: "300.00" } },
      { kind: "MANUAL", description: "Training, by the hour", quantity: "1.5", amount: { amount: "50.25" } },
      { kind: "MANUAL", description: "Goodwill", quantity: "1", amount: { amount: "-10.00" } },
    ]);
    const days = (Date.parse(invoice.dueAt) - world.now().getTime()) / 86_400_000;
    expect(Math.round(days)).toBe(14);
    const { auditLog } = await world.admin.get(AUDIT, { id });
    expect(auditLog.nodes).toContainEqual(
      expect.objectContaining({ action: "invoice.created", staff: true, detail: { reason: "as ordered", lines: 3 } }),
    );
  });

  test("is charged to the card at once when no term is given", async () => {
    const { id } = await customer();
    const invoice = await act("createInvoice", byHand(id, { daysUntilDue: null }));
    expect(invoice).toMatchObject({ status: "PAID", collection: "CARD", amountPaid: { amount: "340.25" } });
  });

  test("is refused without a card when it is to be charged, and leaves nothing behind", async () => {
    const { id } = await world.organization();
    const refused = await act("createInvoice", byHand(id, { daysUntilDue: null }));
    expect(refused).toMatchObject({ __typename: "InvoiceRefused", message: expect.stringContaining("no card") });
    expect(await invoicesOf(id)).toEqual([]);
  });

  test("leaves the usage of a paying customer for the renewal", async () => {
    const { owner, id } = await customer();
    const key = await world.apiKey(owner, ["usage:write"]);
    await key.get(
      `mutation { recordUsage(input: { events: [{ idempotencyKey: "many", action: API_CALL, quantity: 20000 }] }) { accepted } }`,
    );
    expect((await act("createInvoice", byHand(id))).total.amount).toBe("340.25");
  });

  test.each([
    [{ lines: [] }, "lines must be 1 to 50"],
    [{ lines: [line("Half a cent", "0.005")] }, "whole cents"],
    [{ lines: [line("Nothing", "1.00", "0")] }, "quantity must be more than 0"],
    [{ lines: [line("Given back", "-1.00")] }, "more than nothing"],
    [{ daysUntilDue: 0 }, "daysUntilDue"],
    [{ reason: " " }, "reason"],
  ])("with %j is bad input", async (change, message) => {
    const { id } = await world.organization();
    const { errors } = await world.admin.ask(
      `mutation($input: CreateInvoiceInput!) { createInvoice(input: $input) { __typename } }`,
      { input: byHand(id, change) },
    );
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: "BAD_USER_INPUT" },
    });
  });
});

describe("an unpaid invoice", () => {
  test("is withdrawn: nothing is owed, and withdrawing it again is refused", async () => {
    const { id } = await customer();
    const { id: invoiceId } = await act("createInvoice", byHand(id));
    const target = { organizationId: id, id: invoiceId, reason: "ordered twice" };
    expect(await act("voidInvoice", target)).toMatchObject({ status: "VOID" });
    expect(await act("voidInvoice", target)).toMatchObject({ __typename: "InvoiceRefused" });
  });

  test("is written off, collected all the same, and is then paid", async () => {
    const { id } = await customer();
    const { id: invoiceId } = await act("createInvoice", byHand(id));
    const target = { organizationId: id, id: invoiceId, reason: "no answer" };
    expect(await act("markInvoiceUncollectible", target)).toMatchObject({ status: "UNCOLLECTIBLE" });
    expect(await act("collectInvoice", target)).toMatchObject({ status: "PAID", amountRemaining: { amount: "0.00" } });
  });

  test("stays unpaid when the card is declined, with Stripe's words, and can be tried again", async () => {
    const { id } = await customer();
    const { id: invoiceId } = await act("createInvoice", byHand(id));
    await declineFromNowOn(id);
    const target = { organizationId: id, id: invoiceId, reason: "due" };
    const refused = await act("collectInvoice", target);
    expect(refused).toMatchObject({ __typename: "InvoiceRefused", message: expect.stringContaining("declined") });
    await payFromNowOn(id);
    expect(await act("collectInvoice", target)).toMatchObject({ status: "PAID" });
  });

  test("is sent again as often as staff want", async () => {
    const { id } = await customer();
    const { id: invoiceId } = await act("createInvoice", byHand(id));
    const target = { organizationId: id, id: invoiceId, reason: "a reminder" };
    await act("sendInvoiceReminder", target);
    expect(await act("sendInvoiceReminder", target)).toMatchObject({ __typename: "Invoice", status: "OPEN" });
    const { data } = await world.stripe.events.list({ type: "invoice.sent", limit: 100 });
    const stripeId = await stripeIdOf(id, invoiceId);
    expect(
      data.filter((event) => (event.data.object as { id?: string }).id === stripeId).length,
    ).toBeGreaterThanOrEqual(2);
  });

  test("is owed less by a credit note, and paid when nothing is left", async () => {
    const { id } = await customer();
    const invoice = await act("createInvoice", byHand(id));
    const credit = { organizationId: id, invoiceId: invoice.id, refund: true, reason: "ORDER_CHANGE" };
    const some = await act("createCreditNote", { ...credit, amount: "40.25", memo: "One hour less" });
    expect(some).toMatchObject({
      status: "OPEN",
      amountRemaining: { amount: "300.00" },
      credited: { amount: "40.25" },
    });
    expect(some.creditNotes).toMatchObject([
      { reason: "order_change", memo: "One hour less", amount: { amount: "40.25" }, refund: { amount: "0.00" } },
    ]);
    const more = await act("createCreditNote", { ...credit, amount: "300.01" });
    expect(more).toMatchObject({ __typename: "InvoiceRefused", message: "Of this invoice 300.00 is left." });
    expect(await act("createCreditNote", credit)).toMatchObject({
      status: "PAID",
      amountRemaining: { amount: "0.00" },
    });
  });
});

describe("a paid invoice", () => {
  test("goes back to the card by a credit note on its lines, never more than is left of each", async () => {
    const { id } = await customer();
    const invoice = await act("createInvoice", byHand(id, { daysUntilDue: null }));
    const [workshop] = invoice.lines;
    const credit = { organizationId: id, invoiceId: invoice.id, refund: true, reason: "PRODUCT_UNSATISFACTORY" };
    const part = await act("createCreditNote", { ...credit, lines: [{ lineId: workshop.id, amount: "200.00" }] });
    expect(part).toMatchObject({ status: "PAID", credited: { amount: "200.00" }, refunded: { amount: "200.00" } });
    const more = await act("createCreditNote", { ...credit, lines: [{ lineId: workshop.id, amount: "100.01" }] });
    expect(more).toMatchObject({ message: 'Of the line "Workshop" 100.00 is left.' });
    const whole = await act("createCreditNote", credit);
    expect(whole).toMatchObject({ credited: { amount: "340.25" }, refunded: { amount: "340.25" } });
    expect(await act("createCreditNote", credit)).toMatchObject({
      message: "Nothing of this invoice is left to credit.",
    });
  });

  test("becomes credit for the next invoice when it is not sent back", async () => {
    const { id } = await customer();
    const invoice = await act("createInvoice", byHand(id, { daysUntilDue: null }));
    const credit = { organizationId: id, invoiceId: invoice.id, refund: false, reason: "DUPLICATE", amount: "100.00" };
    expect((await act("createCreditNote", credit)).creditNotes).toMatchObject([
      { amount: { amount: "100.00" }, refund: { amount: "0.00" }, toBalance: { amount: "100.00" } },
    ]);
    const next = await act("createInvoice", byHand(id, { daysUntilDue: null }));
    expect(next).toMatchObject({ status: "PAID", total: { amount: "340.25" }, amountPaid: { amount: "240.25" } });
  });

  test("is refunded in parts up to what was paid", async () => {
    const { id } = await customer();
    const [{ id: invoiceId }] = await invoicesOf(id);
    const refund = { organizationId: id, invoiceId, reason: "goodwill" };
    expect(await act("refundInvoice", { ...refund, amount: "9.00" })).toMatchObject({ refunded: { amount: "9.00" } });
    expect(await act("refundInvoice", { ...refund, amount: "90.01" })).toMatchObject({
      message: "Of what was paid by card 90.00 is left.",
    });
    const rest = await act("refundInvoice", { ...refund, amount: "90.00" });
    expect(rest).toMatchObject({ refunded: { amount: "99.00" }, credited: { amount: "0.00" } });
    expect(rest.refunds).toHaveLength(2);
  });

  test("is not voided, written off or collected", async () => {
    const { id } = await customer();
    const [{ id: invoiceId }] = await invoicesOf(id);
    for (const name of [
      "voidInvoice",
      "markInvoiceUncollectible",
      "collectInvoice",
      "sendInvoiceReminder",
      "recheckInvoice",
    ])
      expect(await act(name, { organizationId: id, id: invoiceId, reason: "x" })).toMatchObject({
        __typename: "InvoiceRefused",
        message: expect.stringContaining("paid"),
      });
  });
});

test("a held draft is finalized once it agrees with the ledger again, and not before", async () => {
  const { owner, id } = await customer();
  const { currentPeriodEnd } = (await owner.get(`{ organization { subscription { currentPeriodEnd } } }`)).organization
    .subscription;
  const item = await world.stripe.invoiceItems.create({
    customer: await customerAt(id),
    amount: 501,
    currency: "usd",
    description: "Written at Stripe",
  });
  await world.advance(new Date(Date.parse(currentPeriodEnd) + 3_600_000));
  const held = async () =>
    (
      await world.admin.get(
        `query($id: ID!) { organization(id: $id) { invoices(first: 1) { nodes { id status heldAt differences { line ours stripes } } } } }`,
        { id },
      )
    ).organization.invoices.nodes[0];
  const draft = await held();
  expect(draft).toMatchObject({
    status: "DRAFT",
    heldAt: expect.any(String),
    differences: [{ line: "Written at Stripe", ours: null, stripes: "501" }],
  });
  const target = { organizationId: id, id: draft.id, reason: "looked at" };
  expect(await act("recheckInvoice", target)).toMatchObject({
    __typename: "InvoiceRefused",
    message: "The draft and the ledger still differ. Written at Stripe: nothing in the ledger, 5.01 at Stripe.",
  });
  await world.stripe.invoiceItems.del(item.id);
  expect(await act("recheckInvoice", target)).toMatchObject({ total: { amount: "99.00" } });
  await world.settle();
  expect(await held()).toMatchObject({ status: "PAID", heldAt: null, differences: [] });
  const { alarms } = await world.admin.get(`{ alarms(first: 50, open: true) { nodes { kind } } }`);
  expect(alarms.nodes).not.toContainEqual({ kind: "invoice-held" });
});

test("of two refunds at once one is made, and the other is told so", async () => {
  const { id } = await customer();
  const [{ id: invoiceId }] = await invoicesOf(id);
  const input = { organizationId: id, invoiceId, amount: "60.00", reason: "twice" };
  const answers = await Promise.all(
    [1, 2].map(() =>
      world.admin.ask(
        `mutation($input: RefundInvoiceInput!) { refundInvoice(input: $input) { __typename ... on Refusal { message } } }`,
        { input },
      ),
    ),
  );
  const codes = answers.map(({ data, errors }) => errors?.[0]?.extensions.code ?? data.refundInvoice.__typename);
  expect(codes.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(["CONFLICT", "Invoice"]);
  expect((await invoicesOf(id))[0]).toMatchObject({ refunded: { amount: "60.00" } });
});

test("while Stripe does not answer nothing is lost, and it is done once it does", async () => {
  const { id } = await customer();
  const { id: invoiceId } = await act("createInvoice", byHand(id));
  await world.faults([{ match: "^POST /v1/invoices/[^/]+/void", kind: "status", status: 500, times: 1_000 }]);
  const { errors } = await world.admin.ask(
    `mutation($input: VoidInvoiceInput!) { voidInvoice(input: $input) { __typename } }`,
    { input: { organizationId: id, id: invoiceId, reason: "wrong" } },
  );
  expect(errors?.[0]?.extensions.code).toBe("UPSTREAM_UNAVAILABLE");
  const { stripeCalls } = await world.admin.get(
    `query($id: ID!) { stripeCalls(first: 5, state: PENDING, organizationId: $id) { nodes { id kind lastError } } }`,
    { id },
  );
  expect(stripeCalls.nodes).toMatchObject([{ kind: "invoice.void" }]);
  await world.faults([]);
  const { retryStripeCall } = await world.admin.get(
    `mutation($input: RetryStripeCallInput!) { retryStripeCall(input: $input) { state lastError } }`,
    { input: { organizationId: id, id: stripeCalls.nodes[0].id } },
  );
  expect(retryStripeCall).toEqual({ state: "DONE", lastError: null });
  await world.settle();
  expect((await invoicesOf(id))[0]).toMatchObject({ status: "VOID" });
});

test("support reads invoices and does nothing to them", async () => {
  const { id } = await customer();
  const [{ id: invoiceId }] = await invoicesOf(id);
  const support = await world.staff("SUPPORT");
  expect((await support.get(INVOICES, { id })).organization.invoices.nodes).toHaveLength(1);
  const input = { organizationId: id, invoiceId, amount: "1.00", reason: "x" };
  const { errors } = await support.ask(
    `mutation($input: RefundInvoiceInput!) { refundInvoice(input: $input) { __typename } }`,
    { input },
  );
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});

test("another organization's invoice is not found", async () => {
  const { id } = await customer();
  const other = await world.organization();
  const [{ id: invoiceId }] = await invoicesOf(id);
  const { errors } = await world.admin.ask(
    `mutation($input: VoidInvoiceInput!) { voidInvoice(input: $input) { __typename } }`,
    { input: { organizationId: other.id, id: invoiceId, reason: "x" } },
  );
  expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
});

const stripeIdOf = async (id: string, invoiceId: string): Promise<string> => {
  const [row] = await inTenantTransaction(world.platform.pool, id, (sql) =>
    sql<{ stripe_id: string }>("select stripe_id from invoices where id = $1", [invoiceId]),
  );
  return row!.stripe_id;
};

async function customerAt(id: string): Promise<string> {
  const found = (await world.stripe.customers.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 })).find(
    ({ metadata }) => metadata["organization_id"] === id,
  );
  return found!.id;
}

async function chargeTo(id: string, method: string): Promise<void> {
  const customer = await customerAt(id);
  const { id: attached } = await world.stripe.paymentMethods.attach(method, { customer });
  await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: attached } });
  await world.settle();
}
const declineFromNowOn = (id: string) => chargeTo(id, "pm_card_chargeCustomerFail");
const payFromNowOn = (id: string) => chargeTo(id, "pm_card_visa");
