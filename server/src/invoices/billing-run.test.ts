import type { Pool, PoolClient } from "pg";
import { expect, test } from "vitest";
import { busyCustomer, MARCH } from "../../test/billed-customer.ts";
import { after, apiCalls, type Customer, generations, newCustomer } from "../../test/customer.ts";
import { newWorld, type World } from "../../test/world.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { carryOnBillingRun } from "./billing-run.ts";
import { billingRunJob } from "./billing-run.job.ts";
import { freezeCharges } from "./freeze-charges.ts";

const APRIL_2 = "2026-04-02T00:00:00.000Z";

const platformSql = (world: World, text: string): Promise<any[]> =>
  inPlatformTransaction(world.platform.pool, (sql) => sql(text));

const CHARGES = `select organization_id, period_start, period_end, meter, kind, route, quantity, exact_nanos, amount_minor, rounding_nanos, state
  from usage_charges order by organization_id, period_start, meter, kind`;
const PERIODS = `select organization_id, start_at, end_at, plan_version_id, closed_at, frozen_at is not null as frozen from billing_periods
  order by organization_id, start_at`;

/** Customers of many kinds whose March is over, the clock a day later. */
async function customersToBill(world: World): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (let index = 0; index < 4; index += 1) customers.push(await busyCustomer(world));
  const free = await newCustomer(world, MARCH);
  const idle = await newCustomer(world, MARCH, "professional");
  const sinceLong = await newCustomer(world, "2025-11-15T00:00:00.000Z", "starter");
  for (const customer of [free, sinceLong]) await customer.record([...generations(8), apiCalls(20_000)]);
  const late = await newCustomer(world, "2026-03-20T00:00:00.000Z", "starter");
  world.setClock(APRIL_2);
  return [...customers, free, idle, sinceLong, late];
}

/** What one go would leave, found out and undone. */
async function inOneGo(world: World, now: Date): Promise<{ charges: any[]; periods: any[] }> {
  const found: { charges: any[]; periods: any[] } = { charges: [], periods: [] };
  const undo = new Error("undo");
  const trial = inPlatformTransaction(world.platform.pool, async (sql) => {
    const ids = (await sql<{ organization_id: string }>("select organization_id from subscriptions")).map(
      ({ organization_id }) => organization_id,
    );
    for (const id of ids) {
      await lockSubscription(sql, id, now);
      await freezeCharges(sql, [id], now);
    }
    Object.assign(found, { charges: await sql(CHARGES), periods: await sql(PERIODS) });
    throw undo;
  });
  await expect(trial).rejects.toBe(undo);
  return found;
}

/** A pool whose process dies after so many statements: nothing is answered any more, and its connections break. */
function mortalPool(pool: Pool, statements: number): Pool {
  let left = statements;
  const mortal = (client: PoolClient): PoolClient =>
    new Proxy(client, {
      get(target, key) {
        if (key === "release") return () => target.release(true);
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") return value;
        if (key !== "query") return value.bind(target);
        return (...args: unknown[]) => {
          left -= 1;
          return left < 0
            ? Promise.reject(Object.assign(new Error("killed"), { code: "57P01" }))
            : value.apply(target, args);
        };
      },
    });
  return new Proxy(pool, {
    get: (target, key) => (key === "connect" ? async () => mortal(await target.connect()) : Reflect.get(target, key)),
  });
}

const START = `mutation($until: DateTime) { startBillingRun(input: { until: $until }) { id until state total done charges startedAt finishedAt } }`;
const RUNS = `{ billingRuns(first: 5) { nodes { id state total done charges error finishedAt } } }`;

test("killed after any statement and resumed, a run leaves the same charges and periods as one go", async () => {
  const world = await newWorld();
  await customersToBill(world);
  const expected = await inOneGo(world, new Date(APRIL_2));
  expect(expected.charges.length).toBeGreaterThan(15);
  const finance = await world.staff("FINANCE");
  const { startBillingRun: run } = await finance.get(START);

  let lives = 0;
  for (let over = false; !over; lives += 1) {
    const platform = { ...world.platform, pool: mortalPool(world.platform.pool, lives) };
    over = await carryOnBillingRun(platform, run.id, 3).then(
      () => true,
      () => false,
    );
  }

  // How many it takes depends on which batches a life gets through before it ends: about twenty.
  expect(lives).toBeGreaterThan(10);
  expect(await platformSql(world, CHARGES)).toEqual(expected.charges);
  expect(await platformSql(world, PERIODS)).toEqual(expected.periods);
  const { billingRuns } = await finance.get(RUNS);
  expect(billingRuns.nodes).toEqual([
    {
      id: run.id,
      state: "DONE",
      total: run.total,
      done: run.total,
      charges: expected.charges.length,
      error: null,
      finishedAt: APRIL_2,
    },
  ]);
});

test("two runs at once, and two workers on each, charge nothing twice", async () => {
  const world = await newWorld();
  await customersToBill(world);
  const expected = await inOneGo(world, new Date(APRIL_2));
  const staff = await world.staff();
  const runs = [(await staff.get(START)).startBillingRun, (await staff.get(START)).startBillingRun];
  await Promise.all([...runs, ...runs].map(({ id }) => carryOnBillingRun(world.platform, id, 2)));
  await billingRunJob.run(world.platform, {});

  expect(await platformSql(world, CHARGES)).toEqual(expected.charges);
  expect(await platformSql(world, PERIODS)).toEqual(expected.periods);
  const { billingRuns } = await staff.get(RUNS);
  expect(billingRuns.nodes.slice(0, 2).map(({ state }: any) => state)).toEqual(["DONE", "DONE"]);
});

test("usage that comes while a run is at work is neither lost nor charged twice", async () => {
  const world = await newWorld();
  const customers = await customersToBill(world);
  const { startBillingRun: run } = await customers[0]!.staff.get(START);
  const [outcomes] = await Promise.all([
    Promise.all(
      customers.map((customer) => customer.record([apiCalls(30_000, { occurredAt: "2026-03-31T00:00:00.000Z" })])),
    ),
    carryOnBillingRun(world.platform, run.id, 2),
  ]);
  expect(outcomes.flat().every(({ status }) => status === "ACCEPTED")).toBe(true);
  world.setClock("2026-05-21T00:00:00.000Z");
  await customers[0]!.staff.get(START);
  await billingRunJob.run(world.platform, {});

  const [{ events, totals }] = await platformSql(
    world,
    `select (select sum(billable) from usage_events where action = 'API_CALL')::text as events,
       (select sum(quantity) from usage_charges where meter = 'api_calls')::text as totals`,
  );
  expect(totals).toBe(events);
});

test("a customer whose data is broken is left out by name; the others are charged", async () => {
  const world = await newWorld();
  const customers = await customersToBill(world);
  const broken = customers[1]!;
  await platformSql(
    world,
    `update usage_totals set meter = 'nonsense' where organization_id = '${broken.id}' and meter = 'compute'`,
  );
  const { startBillingRun: run } = await broken.staff.get(START);
  await carryOnBillingRun(world.platform, run.id, 3);

  const { billingRuns } = await broken.staff.get(RUNS);
  expect(billingRuns.nodes[0]).toMatchObject({
    id: run.id,
    state: "FAILED",
    done: run.total,
    error: `Organization ${broken.id}: no meter nonsense`,
  });
  const unbilled = await platformSql(
    world,
    "select distinct organization_id as id from billing_periods where closed_at is not null and frozen_at is null union select organization_id from subscriptions where current_period_end <= '2026-04-02'",
  );
  expect(unbilled).toEqual([{ id: broken.id }]);
  await platformSql(
    world,
    `update usage_totals set meter = 'compute' where organization_id = '${broken.id}' and meter = 'nonsense'`,
  );
});

test("a run closes what ended by its instant and no more", async () => {
  const world = await newWorld();
  const customer = await busyCustomer(world);
  world.setClock(APRIL_2);
  const { startBillingRun: run } = await customer.staff.get(START, { until: after("2026-04-01T00:00:00.000Z", -1) });
  await carryOnBillingRun(world.platform, run.id);
  expect(await platformSql(world, `select from usage_charges where organization_id = '${customer.id}'`)).toEqual([]);
  const { errors } = await customer.staff.ask(START, { until: after(APRIL_2, 1) });
  expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
});

test("runs are seen by staff, started by those who handle money, and written down", async () => {
  const world = await newWorld();
  world.setClock("2026-06-01T00:00:00.000Z");
  const support = await world.staff("SUPPORT");
  expect((await support.get(RUNS)).billingRuns.nodes.length).toBeGreaterThan(0);
  expect((await support.ask(START)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  const { owner } = await world.organization();
  expect((await owner.ask(RUNS)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  const finance = await world.staff("FINANCE");
  await finance.get(START, { until: MARCH });
  const { auditLog } = await (await world.staff()).get(`{ auditLog(first: 5) { nodes { action target } } }`);
  expect(auditLog.nodes).toContainEqual({ action: "billing.started", target: `periods that ended by ${MARCH}` });
});
