import { expect, test } from "vitest";
import {
  APRIL,
  billedCustomer,
  busyCustomer,
  freeze,
  inCustomer,
  MARCH,
  mirror,
  renewalDraft,
} from "../../test/billed-customer.ts";
import { after, type Customer, generations, newCustomer } from "../../test/customer.ts";
import { expectExplained, LINES } from "../../test/explained.ts";
import { mirroredInvoice, paid } from "../../test/mirrored.ts";
import { newWorld } from "../../test/world.ts";
import { newId } from "../platform/id.ts";

const INVOICE = `id number status reason collection periodStart periodEnd subtotal { amount currency } tax { amount } total { amount } amountDue { amount }
  amountPaid { amount } amountRemaining { amount } credited { amount } refunded { amount } hostedUrl pdfPath verifying disputed attempts nextAttemptAt
  createdAt issuedAt dueAt paidAt closedAt heldAt differences { line ours stripes } organization { id } ${LINES}
  payments { id status amount { amount } paidAt } creditNotes { number status amount { amount } refund { amount } toBalance { amount } outOfBand { amount } memo }
  refunds { status amount { amount } failureReason }`;
const READ = `query($id: ID!) { invoice(id: $id) { ${INVOICE} } }`;

test("an invoice tells all of itself, and each usage line what it is made of", async () => {
  const { customer, draft, id } = await billedCustomer(await newWorld());
  await mirror(customer, paid(draft, { dueAt: new Date(APRIL) }));
  const { invoice } = await customer.owner.get(READ, { id });

  expect(invoice).toMatchObject({
    id,
    number: `QLP-${draft.stripeId}`,
    status: "PAID",
    reason: "subscription_cycle",
    collection: "CARD",
    periodStart: APRIL,
    subtotal: { amount: "106.04", currency: "USD" },
    tax: { amount: "0.00" },
    total: { amount: "106.04" },
    amountPaid: { amount: "106.04" },
    amountRemaining: { amount: "0.00" },
    pdfPath: `/invoices/${id}.pdf`,
    verifying: false,
    paidAt: APRIL,
    organization: { id: customer.id },
    payments: [{ status: "paid", amount: { amount: "106.04" }, paidAt: APRIL }],
  });
  expect(
    invoice.lines.map(({ kind, meter, quantity, amount, periodStart }: any) => [
      kind,
      meter,
      quantity,
      amount.amount,
      periodStart,
    ]),
  ).toEqual([
    ["FEE", null, "1", "99.00", APRIL],
    ["USAGE", "generations", "12", "5.45", MARCH],
    ["USAGE", "api_calls", "12", "0.01", MARCH],
    ["USAGE", "storage", "5", "0.50", MARCH],
    ["USAGE", "compute", "21.50003333333333333333333333", "1.08", MARCH],
  ]);
  const [, generationsLine] = invoice.lines;
  expect(generationsLine.explanation).toMatchObject({
    unit: "generation",
    used: "112",
    allowance: "100",
    included: "100",
    billable: "12",
    parts: [
      {
        complexity: "T0",
        premium: false,
        quantity: "7",
        unitPrice: { amount: "0.1" },
        multiplier: "1",
        events: 7,
        amount: { amount: "0.7" },
      },
      {
        complexity: "T1",
        premium: false,
        quantity: "3",
        unitPrice: { amount: "0.25" },
        multiplier: "1",
        events: 3,
        amount: { amount: "0.75" },
      },
      // Voided while the period was open: billed at first, and now nothing.
      { complexity: "T2", premium: false, quantity: "0", events: 1, amount: { amount: "0" } },
      {
        complexity: "T3",
        premium: true,
        quantity: "2",
        unitPrice: { amount: "1" },
        multiplier: "2",
        events: 2,
        amount: { amount: "4" },
      },
    ],
  });
  expectExplained(invoice.lines);
});

test("a preview explains its lines as the invoice will", async () => {
  const world = await newWorld();
  const customer = await busyCustomer(world);
  world.setClock(after(APRIL, -1));
  const { upcomingInvoice } = (await customer.owner.get(`{ organization { upcomingInvoice { ${LINES} } } }`))
    .organization;
  expectExplained(upcomingInvoice.lines);

  world.setClock(APRIL);
  await freeze(customer);
  const id = await mirror(customer, await renewalDraft(customer));
  const { invoice } = await customer.owner.get(READ, { id });
  const explained = (lines: any[]) =>
    lines.map(({ kind, meter, periodStart, periodEnd, amount, explanation }) => ({
      kind,
      meter,
      periodStart,
      periodEnd,
      amount,
      explanation,
    }));
  expect(explained(invoice.lines)).toEqual(explained(upcomingInvoice.lines));
});

test("a line opens to its events, page by page", async () => {
  const { customer, id } = await billedCustomer(await newWorld());
  const { invoice } = await customer.owner.get(
    `query($id: ID!) { invoice(id: $id) { lines { kind meter explanation { events } usageEvents(first: 10) { nodes { id amount { amount } } pageInfo { hasNextPage } } } } }`,
    { id },
  );
  expect(
    invoice.lines.map(({ meter, explanation, usageEvents }: any) => [
      meter,
      explanation?.events ?? null,
      usageEvents?.nodes.length ?? null,
      usageEvents?.pageInfo.hasNextPage ?? null,
    ]),
  ).toEqual([
    [null, null, null, null],
    ["generations", 13, 10, true],
    ["api_calls", 2, 2, false],
    ["storage", null, 1, false],
    ["compute", 2, 2, false],
  ]);
});

test("late usage and credits for voids are explained in the period that bills them", async () => {
  const world = await newWorld();
  const { customer } = await billedCustomer(world);
  world.setClock(after(APRIL, 60_000));
  await customer.record(generations(104, { occurredAt: "2026-03-15T00:00:00.000Z", complexity: "T2" }));
  const [event] = await customer.events({ meter: "api_calls" });
  await customer.voidEvent(event!.idempotencyKey);
  world.setClock("2026-05-01T00:00:00.000Z");
  await freeze(customer);
  const charges = await renewalDraft(customer);
  const id = await mirror(customer, { ...charges, lines: charges.lines.slice(-3) });
  const { invoice } = await customer.owner.get(READ, { id });
  expect(invoice.lines.map(({ kind, meter, amount }: any) => [kind, meter, amount.amount])).toEqual([
    ["USAGE", "generations", "2.00"],
    ["USAGE", "storage", "0.50"],
    ["CREDIT", "api_calls", "0.00"],
  ]);
  expectExplained(invoice.lines);
});

test("for a customer a held invoice is being verified; staff see what differs", async () => {
  const world = await newWorld();
  const { customer, draft, id } = await billedCustomer(world);
  const differences = [{ line: "API calls past the allowance", ours: "1", stripes: "2" }];
  await inCustomer(customer, (sql) =>
    sql("update invoices set held_at = $3, differences = $4 where organization_id = $1 and id = $2", [
      customer.id,
      id,
      APRIL,
      JSON.stringify(differences),
    ]),
  );
  const staff = await world.staff("FINANCE");
  const read = async (asker: { get: Customer["owner"]["get"] }) => (await asker.get(READ, { id })).invoice;
  expect(await read(customer.owner)).toMatchObject({
    status: "DRAFT",
    verifying: true,
    heldAt: null,
    differences: null,
  });
  expect(await read(staff)).toMatchObject({ status: "DRAFT", verifying: true, heldAt: APRIL, differences });

  const held = async (value: boolean) =>
    (
      await staff.get(
        `query($held: Boolean, $search: String) { invoices(held: $held, search: $search) { nodes { id } } }`,
        { held: value, search: draft.stripeId },
      )
    ).invoices.nodes;
  expect(await held(true)).toEqual([{ id }]);
  expect(await held(false)).toEqual([]);

  await inCustomer(customer, (sql) =>
    sql("update invoices set agreed_at = $2, held_at = null where organization_id = $1", [customer.id, APRIL]),
  );
  expect(await read(customer.owner)).toMatchObject({ verifying: false });
});

test("lists are paged newest first, filtered by status, and searched by staff", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, MARCH);
  const ids: string[] = [];
  for (let month = 0; month < 5; month += 1) {
    const createdAt = new Date(Date.UTC(2026, month, 1));
    const draft = mirroredInvoice({ createdAt });
    ids.unshift(await mirror(customer, month % 2 === 0 ? paid(draft) : draft));
  }
  const list = `invoices(first: $first, after: $after, status: $status) { nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } }`;
  const page = async (variables: object) =>
    (
      await customer.owner.get(
        `query($first: Int, $after: String, $status: InvoiceStatus) { organization { ${list} } }`,
        { ...variables },
      )
    ).organization.invoices;
  const first = await page({ first: 3 });
  expect(first).toMatchObject({
    nodes: ids.slice(0, 3).map((id) => ({ id })),
    pageInfo: { hasNextPage: true, hasPreviousPage: false },
  });
  expect(await page({ first: 3, after: first.pageInfo.endCursor })).toMatchObject({
    nodes: ids.slice(3).map((id) => ({ id })),
    pageInfo: { hasNextPage: false, hasPreviousPage: true },
  });
  expect((await page({ status: "DRAFT" })).nodes).toEqual([{ id: ids[1] }, { id: ids[3] }]);

  const staff = await world.staff("SUPPORT");
  const { organization } = await customer.owner.get(`{ organization { name } }`);
  const search = async (text: string) =>
    (
      await staff.get(`query($search: String) { invoices(search: $search) { nodes { id organization { name } } } }`, {
        search: text,
      })
    ).invoices.nodes;
  expect((await search(organization.name.toUpperCase())).map(({ id }: any) => id)).toEqual(ids);
  expect(await search(ids[2]!)).toEqual([{ id: ids[2], organization: { name: organization.name } }]);
  expect(await search("100%_")).toEqual([]);
  const { errors } = await staff.ask(`{ invoices(after: "WzEsMl0") { nodes { id } } }`);
  expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
});

test("another tenant's invoice is not found, a member without billing may not ask, and staff leave a trace", async () => {
  const world = await newWorld();
  const { customer, id } = await billedCustomer(world);
  const stranger = await world.organization();
  for (const wanted of [id, newId(), "no id"]) {
    const { data, errors } = await stranger.owner.ask(READ, { id: wanted });
    expect([data, errors![0]!.extensions.code]).toEqual([null, "NOT_FOUND"]);
  }
  expect(
    (await stranger.owner.get(`{ organization { invoices { nodes { id } } } }`)).organization.invoices.nodes,
  ).toEqual([]);
  expect((await stranger.owner.ask(`{ invoices { nodes { id } } }`)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  expect((await customer.key.ask(READ, { id })).errors![0]!.extensions.code).toBe("FORBIDDEN");
  const billing = await world.apiKey(customer.owner, ["billing:read"]);
  expect((await billing.get(READ, { id })).invoice.id).toBe(id);

  const staff = await world.staff("SUPPORT");
  expect((await staff.get(READ, { id })).invoice.organization.id).toBe(customer.id);
  const { auditLog } = (await customer.owner.get(`{ organization { auditLog(first: 1) { nodes { action target } } } }`))
    .organization;
  expect(auditLog.nodes).toEqual([{ action: "organization.read", target: `invoice ${id}` }]);
});
