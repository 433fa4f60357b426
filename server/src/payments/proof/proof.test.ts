import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiCalls, generations, level } from "../../../test/customer.ts";
import { newPayer, type Payer } from "../../../test/payer.ts";
import { testDatabase } from "../../../test/setup/test-database.ts";
import { newStripeWorld, type StripeWorld } from "../../../test/stripe-world.ts";
import { DAY_MS } from "../../kernel/clock.ts";

const REPORT = `id finishedAt clean differenceCount error checked { rule count } differences { rule organizationId object field ours stripes }`;

let world: StripeWorld;
let database: pg.Client;
let payer: Payer;
let stripeCustomer: string;

beforeAll(async () => {
  world = await newStripeWorld();
  database = new pg.Client({ connectionString: (await testDatabase()).adminUrl });
  await database.connect();
  payer = await history();
  stripeCustomer = (await payer.stripeCustomer()).id;
}, 240_000);
afterAll(() => database.end());

/** Months in which customers pay, use too much, upgrade, are credited and refunded, are invoiced by agreement, and leave. */
async function history(): Promise<Payer> {
  const customer = await newPayer(world, "STARTER");
  const leaver = await newPayer(world, "STARTER");
  const agreed = await world.organization();
  await world.admin.get(`mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`, {
    input: { organizationId: agreed.id, plan: "ENTERPRISE", monthlyPrice: "2650.50" },
  });
  await newPayer(world);

  await busyMonth(customer, 130);
  await busyMonth(leaver, 101);
  await world.pass(20 * DAY_MS);
  const { quoteId } = await customer.preview("PROFESSIONAL");
  await customer.tryChange("PROFESSIONAL", { quoteId });
  await customer.voidEvent("e-3");
  await leaver.tryCancel(true);
  await world.pass(25 * DAY_MS);
  await busyMonth(customer, 1_200);
  const [newest] = await customer.invoices();
  await act("createCreditNote", {
    organizationId: customer.id,
    invoiceId: newest.id,
    amount: "12.34",
    refund: true,
    reason: "ORDER_CHANGE",
  });
  await act("createInvoice", {
    organizationId: customer.id,
    lines: [{ description: "Workshop", quantity: "1.5", unitAmount: "80.00" }],
    reason: "ordered",
  });
  await world.pass(40 * DAY_MS);
  return customer;
}

let month = 0;

async function busyMonth(customer: Payer, count: number): Promise<void> {
  const prefix = `m${(month += 1)}`;
  const now = world.now().toISOString();
  const keyed = <T extends object>(events: readonly T[]): T[] =>
    events.map((event, index) => ({ ...event, idempotencyKey: month === 1 ? `e-${index}` : `${prefix}-${index}` }));
  for (let from = 0; from < count; from += 500)
    await customer.record(
      keyed([
        ...generations(Math.min(500, count - from), { complexity: "T3", computeTimeMs: 95_000 }),
        apiCalls(12_345),
        level(30, now),
      ]).map((event) => ({ ...event, idempotencyKey: `${event.idempotencyKey}${from === 0 ? "" : `-${from}`}` })),
    );
}

async function act(name: string, input: object): Promise<void> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
  const answer = await world.admin.get(
    `mutation($input: ${type}) { ${name}(input: $input) { __typename ... on Refusal { message } } }`,
    { input },
  );
  expect(answer[name]).toEqual({ __typename: "Invoice" });
}

const proof = async () => (await world.admin.get(`mutation { runProof { ${REPORT} } }`)).runProof;

test("months of payments, usage, upgrades, credits and refunds prove clean", async () => {
  const report = await proof();
  expect(report.error).toBeNull();
  expect(report.differences).toEqual([]);
  expect(report).toMatchObject({ clean: true, differenceCount: 0 });
  const counts = Object.fromEntries(report.checked.map(({ rule, count }: any) => [rule, count]));
  for (const rule of [
    "usage-events",
    "usage-totals",
    "storage-totals",
    "usage-charges",
    "charge-lines",
    "manual-lines",
    "fees",
    "quotes",
    "invoice-lines",
    "payments",
    "credit-notes",
    "subscriptions",
    "stripe-invoices",
    "stripe-credit-notes",
    "stripe-refunds",
    "stripe-customers",
    "stripe-subscriptions",
    "stripe-catalog",
  ])
    expect([rule, counts[rule] > 0]).toEqual([rule, true]);
  expect(counts["usage-events"]).toBeGreaterThan(1_400);
});

/** Changes something behind everybody's back, proves, and puts it back. @returns what the proof has found */
async function foundAfter(change: string, back: string): Promise<any[]> {
  await run(change);
  try {
    return (await proof()).differences;
  } finally {
    await run(back);
  }
}

/** As somebody with the rights of the database's owner. */
async function run(statement: string): Promise<void> {
  await database.query("grant update on usage_events, rating_adjustments to qlp_staff");
  await database.query("set role qlp_staff");
  try {
    const { rowCount } = await database.query(statement);
    expect(rowCount).toBe(1);
  } finally {
    await database.query("reset role");
    await database.query("revoke update on usage_events, rating_adjustments from qlp_staff");
  }
}

/** One row of a table of the payer's, the first by `order`. */
const one = (table: string, column: string, where: string, by: number, order = "id") =>
  `update ${table} set ${column} = ${column} + ${by} where ctid = (select ctid from ${table} where organization_id = '${payer.id}' and ${where} order by ${order} limit 1)`;

describe("a cent altered on our side is found", () => {
  test.each([
    {
      what: "a usage line",
      table: "invoice_lines",
      column: "amount_minor",
      where: "kind = 'USAGE'",
      rules: ["charge-lines", "invoice-lines", "stripe-invoices"],
    },
    {
      what: "a fee",
      table: "invoice_lines",
      column: "amount_minor",
      where: "kind = 'FEE'",
      rules: ["fees", "invoice-lines", "stripe-invoices"],
    },
    {
      what: "a proration",
      table: "invoice_lines",
      column: "amount_minor",
      where: "kind = 'PRORATION'",
      rules: ["invoice-lines", "quotes", "stripe-invoices"],
    },
    { what: "a line by hand", table: "manual_charges", column: "amount_minor", where: "true", rules: ["manual-lines"] },
    {
      what: "an invoice's total",
      table: "invoices",
      column: "total_minor",
      where: "true",
      rules: ["invoice-lines", "stripe-invoices"],
    },
    {
      what: "what was paid",
      table: "invoices",
      column: "amount_paid_minor",
      where: "status = 'PAID'",
      rules: ["payments", "stripe-invoices"],
    },
    {
      what: "a payment",
      table: "invoice_payments",
      column: "amount_minor",
      where: "true",
      rules: ["payments", "stripe-invoices"],
    },
    {
      what: "a credit note",
      table: "credit_notes",
      column: "amount_minor",
      where: "true",
      rules: ["credit-notes", "stripe-credit-notes"],
    },
    {
      what: "a refund",
      table: "refunds",
      column: "amount_minor",
      where: "true",
      rules: ["credit-notes", "stripe-refunds"],
    },
    {
      what: "a charge",
      table: "usage_charges",
      column: "amount_minor",
      where: "state = 'INVOICED'",
      rules: ["charge-lines", "usage-charges"],
    },
    {
      what: "the customer's balance",
      table: "stripe_customers",
      column: "balance_minor",
      where: "true",
      order: "stripe_id",
      rules: ["stripe-customers"],
    },
  ])("in $what", async ({ table, column, where, order, rules }) => {
    const found = await foundAfter(one(table, column, where, 1, order), one(table, column, where, -1, order));
    expect([...new Set(found.map(({ rule }) => rule))].toSorted((a, b) => (a < b ? -1 : 1))).toEqual(rules);
    expect(new Set(found.map(({ organizationId }) => organizationId))).toEqual(new Set([payer.id]));
  });

  // A cent is a milliard of nano-units.
  test("in the totals of a period", async () => {
    const where = "meter = 'generations' and amount > 0";
    const order = "period_id, complexity";
    const found = await foundAfter(
      one("usage_totals", "amount", where, 1_000_000_000, order),
      one("usage_totals", "amount", where, -1_000_000_000, order),
    );
    expect(found).toContainEqual(expect.objectContaining({ rule: "usage-totals", field: "amount" }));
  });

  test("in an event of the ledger", async () => {
    const found = await foundAfter(
      one("usage_events", "amount", "billable > 0", 1_000_000_000),
      one("usage_events", "amount", "billable > 0", -1_000_000_000),
    );
    expect(found).toMatchObject([{ rule: "usage-totals", field: "amount", organizationId: payer.id }]);
  });

  test("in a storage level of the ledger", async () => {
    const found = await foundAfter(
      one("usage_events", "storage_bytes", "action = 'STORAGE'", 100_000_000, "position"),
      one("usage_events", "storage_bytes", "action = 'STORAGE'", -100_000_000, "position"),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const difference of found)
      expect(difference).toMatchObject({ rule: "storage-totals", organizationId: payer.id });
  });

  test("in how a period's storage was rated", async () => {
    const where = "meter = 'storage' and complexity = 'all' and included > 0";
    const found = await foundAfter(
      one("usage_totals", "included", where, 1, "period_id"),
      one("usage_totals", "included", where, -1, "period_id"),
    );
    expect(found).toMatchObject([{ rule: "storage-totals", field: "included" }]);
  });

  test("in an adjustment of the ledger", async () => {
    const found = await foundAfter(
      one("rating_adjustments", "amount", "amount <> 0", 1_000_000_000),
      one("rating_adjustments", "amount", "amount <> 0", -1_000_000_000),
    );
    expect(found).toMatchObject([{ rule: "usage-totals", organizationId: payer.id }]);
  });
});

test("usage that is billed nowhere, twice or without a reason is found", async () => {
  const first = (state: string) =>
    `select ctid from usage_charges where organization_id = '${payer.id}' and state = '${state}' order by id limit 1`;
  const gone = await foundAfter(
    `update usage_charges set state = 'EXCLUDED' where ctid = (${first("INVOICED")})`,
    `update usage_charges set state = 'INVOICED' where state = 'EXCLUDED' and excluded_reason is null and organization_id = '${payer.id}'`,
  );
  expect(gone.map(({ rule, field }) => [rule, field])).toEqual(
    expect.arrayContaining([
      ["charge-lines", "lines"],
      ["charge-lines", "excludedReason"],
    ]),
  );
});

describe("what was altered at Stripe is found", () => {
  /** Changes an object in the stand-in's own state, unheard, and puts it back. */
  async function foundAtStripe(kind: string, change: (object: any) => void): Promise<any[]> {
    const found = { id: "", json: "" };
    const write = (state: DatabaseSync, json: string): void => {
      state.prepare("update objects set json = ? where kind = ? and id = ?").run(json, kind, found.id);
    };
    await alter((state) => {
      const of = kind === "customer" ? "id" : "customer";
      const select = state.prepare(`select id, json from objects where kind = ? and ${of} = ? order by place limit 1`);
      Object.assign(found, select.get(kind, stripeCustomer));
      const object: unknown = JSON.parse(found.json);
      change(object);
      write(state, JSON.stringify(object));
    });
    try {
      return (await proof()).differences;
    } finally {
      await alter((state) => write(state, found.json));
    }
  }

  const alter = (work: (state: DatabaseSync) => void): Promise<void> =>
    world.whileStandInIsDown((file) => {
      const state = new DatabaseSync(file);
      work(state);
      state.close();
    });

  test("a cent in a line of an invoice, and so in what it came to", async () => {
    const found = await foundAtStripe("invoice", (invoice) => {
      invoice.lines[0].amount += 1;
      for (const field of [
        "subtotal",
        "subtotal_excluding_tax",
        "total",
        "total_excluding_tax",
        "amount_due",
        "amount_paid",
      ])
        if (typeof invoice[field] === "number") invoice[field] += 1;
    });
    expect([...new Set(found.map(({ rule }) => rule))]).toEqual(["stripe-invoices"]);
    const line = found.find(({ field }) => /^line il_.* amount$/.test(field));
    expect(Number(line.stripes) - Number(line.ours)).toBe(1);
    expect(found.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["subtotal", "total", "amountDue", "amountPaid"]),
    );
  });

  test("a cent in a credit note", async () => {
    const found = await foundAtStripe("credit_note", (note) => {
      note.amount += 1;
    });
    expect(found.map(({ rule }) => rule)).toContain("stripe-credit-notes");
  });

  test("a cent in the customer's balance", async () => {
    const found = await foundAtStripe("customer", (customer) => {
      customer.balance -= 1;
    });
    expect(found).toMatchObject([
      { rule: "stripe-customers", field: "balance", stripes: expect.stringMatching(/^-?\d+$/) },
    ]);
  });

  test("a subscription that ends when ours does not", async () => {
    const found = await foundAtStripe("subscription", (subscription) => {
      subscription.cancel_at = subscription.billing_cycle_anchor + 86_400 * 365;
    });
    expect(found).toMatchObject([{ rule: "stripe-subscriptions", field: "cancelAt" }]);
  });
});

test("an alarm stands as long as the last proof found something", async () => {
  const alarms = async () =>
    (await world.admin.get(`{ alarms(first: 10, open: true) { nodes { key kind message } } }`)).alarms.nodes;
  await foundAfter(one("invoices", "total_minor", "true", 1), one("invoices", "total_minor", "true", -1));
  expect(await alarms()).toMatchObject([{ kind: "proof", message: expect.stringContaining("invoice-lines") }]);
  await proof();
  expect(await alarms()).toEqual([]);
  const { latestProof, proofReports } = await world.admin.get(
    `{ latestProof { id clean } proofReports(first: 2) { nodes { id clean } pageInfo { hasNextPage } } }`,
  );
  expect(latestProof).toMatchObject({ clean: true });
  expect(proofReports).toMatchObject({ nodes: [latestProof, { clean: false }], pageInfo: { hasNextPage: true } });
});
