import { expect, test } from "vitest";
import { minorFromMajor } from "../kernel/money.ts";
import {
  after,
  apiCalls,
  type Customer,
  generation,
  generations,
  level,
  newCustomer,
  task,
} from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { type Frozen, freezeCharges } from "./freeze-charges.ts";

const MARCH = "2026-03-01T00:00:00.000Z";
const APRIL = "2026-04-01T00:00:00.000Z";
const MAY = "2026-05-01T00:00:00.000Z";

/** Brings a customer's periods up to date and freezes what is closed. */
const freeze = ({ world, id }: Customer): Promise<Frozen> =>
  inTenantTransaction(world.platform.pool, id, async (sql) => {
    await lockSubscription(sql, id, world.platform.clock());
    return freezeCharges(sql, [id], world.platform.clock());
  });

const charges = ({ world, id }: Customer): Promise<any[]> =>
  inTenantTransaction(world.platform.pool, id, (sql) =>
    sql(
      `select period_start, meter, kind, route, quantity, exact_nanos, amount_minor, state from usage_charges
       where organization_id = $1 order by period_start, kind desc, array_position(array['generations','api_calls','storage','compute'], meter)`,
      [id],
    ),
  );

const linesOf = (rows: any[]) => rows.map(({ kind, meter, amount_minor }) => [kind, meter, Number(amount_minor)]);

/** A month of a Starter customer that goes past every allowance. */
async function busyMarch(customer: Customer): Promise<void> {
  customer.world.setClock(after(MARCH, 1_000));
  await customer.record([
    ...generations(101),
    generation({ idempotencyKey: "premium", complexity: "T3", model: "claude-3-opus", computeTimeMs: 6_120_000 }),
    apiCalls(10_007),
    task(150_000),
    level(15, MARCH),
  ]);
  customer.world.setClock("2026-03-20T00:00:00.000Z");
  await customer.record([level(20, "2026-03-10T07:00:00.000Z")]);
}

test("a closed period is charged what its preview said in the last millisecond", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, MARCH, "starter");
  await busyMarch(customer);
  world.setClock(after(APRIL, -1));
  const preview = (await customer.upcoming()).lines.filter(({ kind }) => kind !== "FEE");

  world.setClock(APRIL);
  expect(await freeze(customer)).toEqual({ periods: 1, charges: 4 });

  const frozen = await charges(customer);
  expect(linesOf(frozen)).toEqual(
    preview.map(({ kind, meter, amount }) => [kind, meter, Number(minorFromMajor(amount.amount))]),
  );
  expect(linesOf(frozen)).toEqual([
    ["USAGE", "generations", 225],
    ["USAGE", "api_calls", 1],
    ["USAGE", "storage", 85],
    ["USAGE", "compute", 13],
  ]);
  expect(frozen.every(({ state, route }) => state === "PENDING" && route === "invoice_item")).toBe(true);
});

test("freezing again, and twice at once, adds nothing", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, MARCH, "starter");
  await busyMarch(customer);
  world.setClock(APRIL);
  await Promise.all([freeze(customer), freeze(customer)]);
  expect(await freeze(customer)).toEqual({ periods: 0, charges: 0 });
  expect(await charges(customer)).toHaveLength(4);

  // Even without the lock and without the mark: the charges' key is the rule.
  await inPlatformTransaction(world.platform.pool, (sql) =>
    sql("update billing_periods set frozen_at = null where organization_id = $1", [customer.id]),
  );
  const unlocked = () =>
    inTenantTransaction(world.platform.pool, customer.id, (sql) => freezeCharges(sql, [customer.id], new Date(APRIL)));
  expect((await Promise.all([unlocked(), unlocked()])).map((frozen) => frozen.charges)).toEqual([0, 0]);
  expect(await charges(customer)).toHaveLength(4);
});

test("what is voided, reported or stored late moves no frozen charge: it is in those of the open period", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, MARCH, "starter");
  await busyMarch(customer);
  world.setClock(APRIL);
  await freeze(customer);
  const before = await charges(customer);

  world.setClock(after(APRIL, 60_000));
  await customer.voidEvent("premium");
  await customer.record([
    apiCalls(10_004, { occurredAt: "2026-03-31T23:00:00.000Z" }),
    level(60, "2026-03-20T00:00:00Z"),
  ]);
  world.setClock(MAY);
  await freeze(customer);

  const all = await charges(customer);
  expect(all.slice(0, before.length)).toEqual(before);
  expect(linesOf(all.slice(before.length))).toEqual([
    ["USAGE", "api_calls", 0],
    ["USAGE", "storage", 660],
    ["CREDIT", "generations", -200],
    ["CREDIT", "compute", -5],
  ]);
});

test("trials and empty periods make no charge and are not looked at again", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, MARCH);
  await customer.startTrial();
  await customer.record(generations(30));
  world.setClock(MAY);
  expect(await freeze(customer)).toEqual({ periods: 2, charges: 0 });
  expect(await freeze(customer)).toEqual({ periods: 0, charges: 0 });
  expect(await charges(customer)).toEqual([]);
});

test("periods of many customers are frozen together, each by its own prices, plan and route", async () => {
  const world = await newWorld();
  const starter = await newCustomer(world, MARCH, "starter");
  const special = await newCustomer(world, MARCH, "starter");
  const free = await newCustomer(world, MARCH);
  await special.overridePrice("api_calls", "all", { kind: "perUnit", price: "0.01" });
  for (const customer of [starter, special, free]) await customer.record([...generations(12), apiCalls(11_000)]);
  await inTenantTransaction(world.platform.pool, special.id, (sql) =>
    sql(
      `insert into meter_routes (organization_id, meter, chosen_at, route)
       values ($1, 'api_calls', $2, 'stripe_meter'), ($1, 'api_calls', $3, 'invoice_item')`,
      [special.id, MARCH, new Date(Date.parse(MARCH) + 1)],
    ),
  );
  world.setClock(APRIL);
  const ids = [starter.id, special.id, free.id];
  const frozen = await inPlatformTransaction(world.platform.pool, async (sql) => {
    for (const id of ids) await lockSubscription(sql, id, new Date(APRIL));
    return freezeCharges(sql, ids, new Date(APRIL));
  });

  expect(frozen).toEqual({ periods: 3, charges: 2 });
  expect(linesOf(await charges(starter))).toEqual([["USAGE", "api_calls", 100]]);
  expect(linesOf(await charges(special))).toEqual([["USAGE", "api_calls", 1_000]]);
  expect((await charges(special))[0].route).toBe("stripe_meter");
  expect(await charges(free)).toEqual([]);
});
