import { beforeAll, expect, test } from "vitest";
import { type Customer, generation, generations, newCustomer } from "../../test/customer.ts";
import { newWorld, type World } from "../../test/world.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { expireHoldsJob } from "./expire-holds.job.ts";
import { checkAlertsJob, checkCapsJob } from "./usage-alerts.job.ts";

const START = "2026-03-01T00:00:00Z";
const MARCH = { periodStart: "2026-03-01T00:00:00.000Z", periodEnd: "2026-04-01T00:00:00.000Z" };
/** Nobody listens there: what is looked at is the outbox. */
const NOBODY = "http://127.0.0.1:65533/";

let world: World;
beforeAll(async () => {
  world = await newWorld();
});

/** A customer on Starter whose endpoint has chosen these events. */
async function listening(events: readonly string[]): Promise<Customer> {
  const customer = await newCustomer(world, START, "starter");
  await customer.owner.get(
    `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { ... on WebhookEndpointSecret { endpoint { id } } } }`,
    { input: { url: NOBODY, events } },
  );
  return customer;
}

/** What the customer's endpoint was told, oldest first. */
const told = async (customer: Customer): Promise<{ type: string; data: Record<string, unknown> }[]> =>
  (
    await inPlatformTransaction(world.platform.pool, (sql) =>
      sql<{ body: string }>(
        `select m.body from webhook_messages m join webhook_deliveries d on d.organization_id = m.organization_id and d.message_id = m.id
         where m.organization_id = $1 order by m.created_at, m.id`,
        [customer.id],
      ),
    )
  ).map(({ body }) => JSON.parse(body));

const percents = async (customer: Customer): Promise<unknown[]> =>
  (await told(customer)).map(({ data }) => data["percent"]);

/** Two workers look at once, and then one again. */
async function look(customer: Customer): Promise<void> {
  const once = () => checkAlertsJob.run(world.platform, { organizationId: customer.id });
  await Promise.all([once(), once()]);
  await once();
}

const hold = async (customer: Customer): Promise<string> =>
  (
    await customer.key.get(
      `mutation { authorizeUsage(input: { action: GENERATION, complexity: T1, hold: true, holdSeconds: 60 }) { hold { id } } }`,
    )
  ).authorizeUsage.hold.id;

test("each part of an allowance that is reached is told once in a period, however often it is looked", async () => {
  const customer = await listening(["usage.alert"]);
  await customer.record(generations(49));
  await look(customer);
  expect(await told(customer)).toEqual([]);
  await customer.record(generations(1));
  await look(customer);
  expect(await told(customer)).toEqual([
    {
      type: "usage.alert",
      timestamp: new Date(START).toISOString(),
      organizationId: customer.id,
      data: { meter: "generations", percent: 50, used: "50", limit: "100", unit: "generation", ...MARCH },
    },
  ]);
  await customer.record(generations(50));
  await look(customer);
  await customer.record(generations(1));
  await look(customer);
  expect(await percents(customer)).toEqual([50, 80, 100]);
});

test("the next period tells anew", async () => {
  const customer = await listening(["usage.alert"]);
  await customer.record(generations(50));
  await look(customer);
  world.setClock("2026-04-01T00:00:00Z");
  await look(customer);
  expect(await percents(customer)).toEqual([50]);
  await customer.record(generations(50));
  await look(customer);
  expect((await told(customer)).map(({ data }) => [data["percent"], data["periodStart"]])).toEqual([
    [50, "2026-03-01T00:00:00.000Z"],
    [50, "2026-04-01T00:00:00.000Z"],
  ]);
});

test("parts of the spending cap are an event of their own, told once", async () => {
  const customer = await listening(["spending_cap.alert"]);
  await customer.owner.get(`mutation { setSpendingCap(input: { cap: "1.00" }) { reached } }`);
  await customer.record(generations(103));
  await checkCapsJob.run(world.platform, {});
  await customer.record(generations(1));
  await checkCapsJob.run(world.platform, {});
  await checkCapsJob.run(world.platform, {});
  expect((await told(customer)).map(({ type, data }) => [type, data])).toEqual([
    ["spending_cap.alert", { percent: 50, spent: "0.75", cap: "1.00", currency: "USD", ...MARCH }],
    ["spending_cap.alert", { percent: 80, spent: "1", cap: "1.00", currency: "USD", ...MARCH }],
    ["spending_cap.alert", { percent: 100, spent: "1", cap: "1.00", currency: "USD", ...MARCH }],
  ]);
});

test("a look that fails half way keeps neither the alert nor its news; the next one tells", async () => {
  const customer = await listening(["usage.alert"]);
  await customer.record(generations(50));
  const { config } = world.platform;
  const broken = {
    ...config,
    // The letters are written last.
    get publicUrl(): string {
      throw new Error("no letter can be written");
    },
  };
  const look = (platform: World["platform"]) => checkAlertsJob.run(platform, { organizationId: customer.id });
  await expect(look({ ...world.platform, config: broken })).rejects.toThrow("no letter");
  expect(await told(customer)).toEqual([]);
  await look(world.platform);
  expect(await percents(customer)).toEqual([50]);
});

test("a hold that runs out is told once, also by two workers; one that was settled is not", async () => {
  const customer = await listening(["hold.expired"]);
  const [lost, kept] = [await hold(customer), await hold(customer)];
  await customer.key.get(
    `mutation($holdId: ID!, $event: UsageEventInput!) { settleHold(input: { holdId: $holdId, event: $event }) { __typename } }`,
    { holdId: kept, event: generation({ complexity: "T1" }) },
  );
  const work = () => expireHoldsJob.run(world.platform, {});
  world.setClock("2026-03-01T00:00:59.999Z");
  await work();
  expect(await told(customer)).toEqual([]);
  world.setClock("2026-03-01T00:01:00Z");
  await Promise.all([work(), work()]);
  await work();
  expect(await told(customer)).toMatchObject([
    {
      type: "hold.expired",
      timestamp: "2026-03-01T00:01:00.000Z",
      data: { holdId: lost, action: "GENERATION", expiredAt: "2026-03-01T00:01:00.000Z" },
    },
  ]);
});
