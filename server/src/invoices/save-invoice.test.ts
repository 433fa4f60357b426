import { expect, test } from "vitest";
import { apiCalls, type Customer, generations, newCustomer } from "../../test/customer.ts";
import { mirroredInvoice, mirroredLine, paid } from "../../test/mirrored.ts";
import { newWorld } from "../../test/world.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { newId } from "../platform/id.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { freezeCharges } from "./freeze-charges.ts";
import type { InvoiceStatus } from "./invoice.entity.ts";
import { mayFollow } from "./invoice-status.ts";
import type { MirroredInvoice } from "./mirrored-invoice.ts";
import { type SavedInvoice, saveInvoice } from "./save-invoice.ts";

const MARCH = "2026-03-01T00:00:00.000Z";
const APRIL = "2026-04-01T00:00:00.000Z";

const save = ({ world, id }: Customer, invoice: MirroredInvoice): Promise<SavedInvoice> =>
  inTenantTransaction(world.platform.pool, id, (sql) => saveInvoice(sql, id, invoice, world.platform.clock()));

const read = ({ world, id }: Customer, query: string): Promise<any[]> =>
  inTenantTransaction(world.platform.pool, id, (sql) => sql(query));

/** A Starter customer whose March has charges for generations and calls. */
async function customerWithCharges(): Promise<{ customer: Customer; charges: any[] }> {
  const world = await newWorld();
  const customer = await newCustomer(world, MARCH, "starter");
  await customer.record([...generations(102), apiCalls(12_000)]);
  world.setClock(APRIL);
  await inTenantTransaction(world.platform.pool, customer.id, async (sql) => {
    await lockSubscription(sql, customer.id, new Date(APRIL));
    await freezeCharges(sql, [customer.id], new Date(APRIL));
  });
  return {
    customer,
    charges: await read(customer, "select id, meter, amount_minor from usage_charges order by meter"),
  };
}

test("an invoice is mirrored with its lines, payments and charges, and again without a second of anything", async () => {
  const { customer, charges } = await customerWithCharges();
  const manual = newId();
  await inTenantTransaction(customer.world.platform.pool, customer.id, (sql) =>
    sql(
      "insert into manual_charges (organization_id, id, description, quantity, amount_minor, created_at) values ($1, $2, 'Setup', 1, 5000, $3)",
      [customer.id, manual, APRIL],
    ),
  );
  const item = (chargeId: string | null, amountMinor: bigint) =>
    mirroredLine({ source: "ITEM", chargeId, amountMinor });
  const draft = mirroredInvoice({
    lines: [
      mirroredLine(),
      ...charges.map(({ id, amount_minor }) => item(id, BigInt(amount_minor))),
      item(manual, 5_000n),
      item(newId(), 1n),
      item("no id of ours", 2n),
      mirroredLine({ source: "PRORATION", amountMinor: -3n }),
    ],
  });

  const first = await save(customer, draft);
  expect(first).toMatchObject({ before: null, after: "DRAFT" });
  const lines = "select id, position, kind, amount_minor, charge_id from invoice_lines order by position";
  const kept = await read(customer, lines);
  expect(kept.map(({ kind, charge_id }) => [kind, charge_id])).toEqual([
    ["FEE", null],
    ["USAGE", charges[0].id],
    ["USAGE", charges[1].id],
    ["MANUAL", manual],
    ["OTHER", null],
    ["OTHER", null],
    ["PRORATION", null],
  ]);
  expect(await read(customer, "select distinct state, invoice_id from usage_charges")).toEqual([
    { state: "INVOICED", invoice_id: first.id },
  ]);
  expect(await read(customer, "select invoice_id from manual_charges")).toEqual([{ invoice_id: first.id }]);

  expect(await save(customer, paid(draft))).toEqual({ id: first.id, before: "DRAFT", after: "PAID" });
  expect(await save(customer, paid(draft))).toEqual({ id: first.id, before: "PAID", after: "PAID" });
  expect(await read(customer, lines)).toEqual(kept);
  expect(await read(customer, "select amount_minor, status from invoice_payments")).toEqual([
    { amount_minor: String(draft.totalMinor), status: "paid" },
  ]);
  expect(
    await read(customer, "select status, number, currency, amount_paid_minor, refunded_minor from invoices"),
  ).toEqual([
    {
      status: "PAID",
      number: `QLP-${draft.stripeId}`,
      currency: "USD",
      amount_paid_minor: String(draft.totalMinor),
      refunded_minor: "0",
    },
  ]);
});

test("lines that Stripe took off are gone, and those that stay keep their ids", async () => {
  const customer = await newCustomer(await newWorld(), MARCH);
  const [fee, item] = [mirroredLine(), mirroredLine({ source: "ITEM" })];
  const draft = mirroredInvoice({ lines: [item, fee] });
  await save(customer, draft);
  const ids = async () =>
    Object.fromEntries(
      (await read(customer, "select stripe_line_id, id from invoice_lines")).map((row) => [row.stripe_line_id, row.id]),
    );
  const before = await ids();
  await save(customer, { ...draft, lines: [fee] });
  expect(await ids()).toEqual({ [fee.stripeLineId]: before[fee.stripeLineId] });
});

test("what was paid stays paid, whatever late news says", async () => {
  const customer = await newCustomer(await newWorld(), MARCH);
  const draft = mirroredInvoice();
  await save(customer, paid(draft));
  const row = await read(customer, "select * from invoices");
  const late = { ...draft, status: "OPEN" as const, amountPaidMinor: 0n, lines: [] };
  expect(await save(customer, late)).toMatchObject({ before: "PAID", after: "PAID" });
  expect(await read(customer, "select * from invoices")).toEqual(row);
  expect(await read(customer, "select 1 from invoice_lines")).toHaveLength(1);
});

test.each<[InvoiceStatus, InvoiceStatus, boolean]>([
  ["DRAFT", "OPEN", true],
  ["OPEN", "PAID", true],
  ["OPEN", "UNCOLLECTIBLE", true],
  ["UNCOLLECTIBLE", "PAID", true],
  ["UNCOLLECTIBLE", "VOID", true],
  ["PAID", "PAID", true],
  ["OPEN", "DRAFT", false],
  ["PAID", "OPEN", false],
  ["PAID", "VOID", false],
  ["VOID", "PAID", false],
  ["UNCOLLECTIBLE", "OPEN", false],
])("news of %s to %s is believed: %s", (from, to, believed) => {
  expect(mayFollow(from, to)).toBe(believed);
});

test("the same new invoice saved twice at once is one invoice", async () => {
  const customer = await newCustomer(await newWorld(), MARCH);
  const draft = mirroredInvoice();
  const [a, b] = await Promise.all([save(customer, draft), save(customer, paid(draft))]);
  expect(a.id).toBe(b.id);
  expect((await read(customer, "select status from invoices")).map(({ status }) => status)).toEqual(["PAID"]);
  expect(await read(customer, "select 1 from invoice_lines")).toHaveLength(1);
});

test("a charge that one invoice has is not taken over by another", async () => {
  const { customer, charges } = await customerWithCharges();
  const draft = () => mirroredInvoice({ lines: [mirroredLine({ source: "ITEM", chargeId: charges[0].id })] });
  const first = await save(customer, draft());
  await save(customer, draft());
  expect(await read(customer, `select invoice_id from usage_charges where id = '${charges[0].id}'`)).toEqual([
    { invoice_id: first.id },
  ]);
});
