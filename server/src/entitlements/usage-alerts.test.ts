import { beforeAll, expect, test } from "vitest";
import { type Customer, generation, generations, level, newCustomer } from "../../test/customer.ts";
import { newWorld, type World } from "../../test/world.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { checkAlertsJob, checkCapsJob } from "./usage-alerts.job.ts";

const START = "2026-03-01T00:00:00Z";
let world: World;
beforeAll(async () => {
  world = await newWorld();
});

/** Looks twice, as a job may be run twice. */
async function work(customer: Customer): Promise<void> {
  await checkAlertsJob.run(world.platform, { organizationId: customer.id });
  await checkAlertsJob.run(world.platform, { organizationId: customer.id });
}

const alerts = async (customer: Customer, asker = customer.owner) =>
  (
    await asker.get(
      `query($id: ID) { organization(id: $id) { usageAlerts { id subject percent used limit current } } }`,
      { id: customer.id },
    )
  ).organization.usageAlerts as { subject: string; percent: number; used: string; limit: string; current: boolean }[];

const mailsTo = async (customer: Customer): Promise<string[]> =>
  (
    await inPlatformTransaction(world.platform.pool, (sql) =>
      sql<{ subject: string }>(
        `select subject from mails where "to" in (select u.email from members m join users u on u.id = m.user_id where m.organization_id = $1)
         and subject like '%\\% of your%' order by created_at, subject`,
        [customer.id],
      ),
    )
  ).map(({ subject }) => subject);

test("each part of an allowance is told once in a period, however often it is looked", async () => {
  const customer = await newCustomer(world, START, "starter");
  await customer.record(generations(49));
  await work(customer);
  expect(await alerts(customer)).toEqual([]);
  await customer.record(generations(31));
  await work(customer);
  await customer.record(generations(1));
  await work(customer);
  expect(await alerts(customer)).toMatchObject([
    { subject: "generations", percent: 80, used: "80", limit: "100", current: true },
    { subject: "generations", percent: 50, used: "80", limit: "100", current: true },
  ]);
  expect(await mailsTo(customer)).toEqual(["50 % of your generations are used", "80 % of your generations are used"]);
});

test("the next period tells anew", async () => {
  const customer = await newCustomer(world, START);
  await customer.record(generations(5));
  await work(customer);
  world.setClock("2026-04-01T00:00:00Z");
  await work(customer);
  expect(await alerts(customer)).toMatchObject([{ percent: 50, current: false }]);
  await customer.record(generations(5));
  await work(customer);
  expect(await alerts(customer)).toMatchObject([
    { percent: 50, current: true },
    { percent: 50, current: false },
  ]);
});

test("a void takes no alert back and a second crossing raises no second one", async () => {
  const customer = await newCustomer(world, START);
  const event = generation();
  await customer.record([...generations(4), event]);
  await work(customer);
  await customer.voidEvent(event.idempotencyKey);
  await customer.record(generations(1));
  await work(customer);
  expect(await alerts(customer)).toHaveLength(1);
});

test("a level of storage is told of as it would stand at the end of the period", async () => {
  const customer = await newCustomer(world, START, "starter");
  await customer.accept(level(8, START));
  await work(customer);
  expect((await alerts(customer)).map(({ subject, percent }) => [subject, percent])).toEqual([
    ["storage", 80],
    ["storage", 50],
  ]);
});

test("the cap on spending is told of to those who may see money", async () => {
  const customer = await newCustomer(world, START, "starter");
  await customer.owner.get(`mutation { setSpendingCap(input: { cap: "1.00" }) { reached } }`);
  await customer.record(generations(104));
  await checkCapsJob.run(world.platform, {});
  await checkCapsJob.run(world.platform, {});
  const ofCap = (await alerts(customer)).filter(({ subject }) => subject === "spending_cap");
  expect(ofCap).toMatchObject([{ percent: 100, used: "1", limit: "1.00" }, { percent: 80 }, { percent: 50 }]);
  expect((await alerts(customer, customer.key)).filter(({ subject }) => subject === "spending_cap")).toEqual([]);
  expect(await mailsTo(customer)).toContain("100 % of your spending cap is used");
});

test("recording asks for the look in its own transaction, and only when a part was reached", async () => {
  const customer = await newCustomer(world, START, "starter");
  const waiting = async (): Promise<number> =>
    Number(
      (
        await inPlatformTransaction(world.platform.pool, (sql) =>
          sql<{ due: string }>("select qlp_jobs_due()::text as due"),
        )
      )[0]!.due,
    );
  const before = await waiting();
  await customer.record(generations(49));
  expect(await waiting()).toBe(before);
  await customer.record(generations(1));
  expect(await waiting()).toBe(before + 1);
});
