import pg from "pg";
import { expect, test } from "vitest";
import { carryOnBillingRun } from "../src/invoices/billing-run.ts";
import { APRIL, billedCustomer, busyCustomer, inCustomer, mirror, renewalDraft } from "./billed-customer.ts";
import { newWorld, type Asker } from "./world.ts";

/** Counts what is sent to PostgreSQL while `work` runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  // oxlint-disable-next-line typescript/unbound-method -- put back below, and called with its own `this`.
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    count += 1;
    return (original as (...given: unknown[]) => unknown).apply(this, args);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return count;
}

const LIST = `query($first: Int) { organizations(first: $first) { totalCount nodes {
  id name subscription { status plan { code } monthlyPrice { amount } } quotas { meter used remaining } usage { total { amount } } upcomingInvoice { total { amount } }
  members(first: 5) { nodes { id email role } } apiKeys { id prefix } } } }`;

const EVENTS = `query($first: Int) { organization { usageEvents(first: $first) { nodes {
  id amount { amount } rating voidedAt ratings { meter amount { amount } adjustments { id } } organization { id name } } } } }`;

const INVOICES = `query($first: Int) { invoices(first: $first) { nodes { id number total { amount } verifying organization { id name }
  lines { id meter exactAmount { amount } explanation { billable parts { quantity amount { amount } } } }
  payments { id } creditNotes { id } refunds { id } } } }`;

const SUBSCRIPTIONS = `query($first: Int) { subscriptions(first: $first) { nodes { id status drift stripeSubscriptionId stripeUrl accessUntil
  nextCharge { amount } plan { code } organization { id name } } } }`;

async function grow(asker: Asker, from: number, to: number): Promise<void> {
  const events = Array.from({ length: to - from }, (_, index) => ({
    idempotencyKey: `e-${from + index}`,
    action: "GENERATION",
    complexity: "T1",
    computeTimeMs: 90_000,
  }));
  await asker.get(`mutation($events: [UsageEventInput!]!) { recordUsage(input: { events: $events }) { accepted } }`, {
    events,
  });
}

test("a list of organizations costs the same number of statements for two as for twenty", async () => {
  const world = await newWorld();
  const staff = await world.staff();
  for (let index = 0; index < 20; index += 1) await world.organization();
  const read = (first: number) => statementsOf(() => staff.get(LIST, { first }));
  await read(20);

  const few = await read(2);
  const many = await read(20);
  expect(many).toBe(few);
  expect(many).toBeLessThan(25);
});

test("a page of events costs the same number of statements for two as for sixty", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const key = await world.apiKey(owner, ["usage:write"]);
  await grow(key, 0, 60);
  const read = (first: number) => statementsOf(() => owner.get(EVENTS, { first }));
  await read(60);

  const few = await read(2);
  expect(await read(60)).toBe(few);
  expect(few).toBeLessThan(15);
});

test("recording five hundred events takes as many statements as recording one", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const key = await world.apiKey(owner, ["usage:write"]);
  // Past all of its allowances, so that no call asks for an alert.
  await grow(key, 0, 20);
  const one = await statementsOf(() => grow(key, 20, 21));
  expect(await statementsOf(() => grow(key, 21, 521))).toBe(one);
});

test("a list of invoices with all their lines costs the same number of statements for one as for twenty", async () => {
  const world = await newWorld();
  const staff = await world.staff();
  for (let index = 0; index < 4; index += 1) {
    const { customer } = await billedCustomer(world);
    for (let month = 0; month < 4; month += 1) await mirror(customer, await renewalDraft(customer));
    expect(await inCustomer(customer, (sql) => sql("select from invoices"))).toHaveLength(5);
  }
  const read = (first: number) => statementsOf(() => staff.get(INVOICES, { first }));
  await read(20);

  const few = await read(1);
  expect(await read(20)).toBe(few);
  expect(few).toBeLessThan(20);
});

test("a batch of a billing run costs the same number of statements for one customer as for eight", async () => {
  const world = await newWorld();
  for (let index = 0; index < 9; index += 1) await busyCustomer(world);
  world.setClock(APRIL);
  const { startBillingRun: run } = await (
    await world.staff()
  ).get(`mutation { startBillingRun(input: {}) { id total } }`);

  const batchOf = async (size: number): Promise<number> => {
    const stop = new Error("one batch is enough");
    let begun = 0;
    const pool = new Proxy(world.platform.pool, {
      get: (target, key) => {
        if (key !== "connect") return Reflect.get(target, key);
        begun += 1;
        if (begun > 1) throw stop;
        return target.connect.bind(target);
      },
    });
    return statementsOf(() =>
      expect(carryOnBillingRun({ ...world.platform, pool }, run.id, size)).rejects.toThrow(stop),
    );
  };
  const few = await batchOf(1);
  expect(await batchOf(8)).toBe(few);
  expect(few).toBeLessThan(25);
});

test("a list of subscriptions costs the same number of statements for two as for twenty", async () => {
  const world = await newWorld();
  const staff = await world.staff();
  for (let index = 0; index < 20; index += 1) await world.organization();
  const read = (first: number) => statementsOf(() => staff.get(SUBSCRIPTIONS, { first }));
  await read(20);

  const few = await read(2);
  expect(await read(20)).toBe(few);
  expect(few).toBeLessThan(15);
});
