import { expect, test } from "vitest";
import { APRIL, busyCustomer, inCustomer } from "../../test/billed-customer.ts";
import { type Customer } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { sweepUsage } from "./sweep-usage.job.ts";

/** When a customer's present period began, as the row says, and what storage is frozen to. */
const stateOf = (customer: Customer): Promise<any[]> =>
  inCustomer(customer, (sql) =>
    sql(
      `select s.current_period_start as start, (select billable::text from usage_totals t
         where t.organization_id = s.organization_id and t.meter = 'storage' and t.complexity = 'all') as storage
       from subscriptions s`,
    ),
  );

test("the sweep closes all periods that are over, and fixes what their storage cost, without anybody coming by", async () => {
  const world = await newWorld();
  const customers = [await busyCustomer(world), await busyCustomer(world)];
  world.setClock(APRIL);
  await sweepUsage.run(world.platform, {});
  // Five gigabytes past the allowance, for the 31 days of March.
  const storage = (5n * 10n ** 9n * 31n * 86_400_000n).toString();
  for (const customer of customers) expect(await stateOf(customer)).toEqual([{ start: new Date(APRIL), storage }]);
});

test("one customer whose data is broken holds up nobody else, and is named", async () => {
  const world = await newWorld();
  const [broken, sound] = [await busyCustomer(world), await busyCustomer(world)];
  world.setClock(APRIL);
  await inCustomer(broken, (sql) =>
    sql("update subscriptions set plan_version_id = gen_random_uuid() where organization_id = $1", [broken.id]),
  );
  const sweep = sweepUsage.run(world.platform, {});
  await expect(sweep).rejects.toMatchObject({
    errors: [{ message: `the periods of organization ${broken.id} were not closed` }],
  });
  expect(await stateOf(sound)).toMatchObject([{ start: new Date(APRIL) }]);
});
