import { beforeAll, expect, test } from "vitest";
import { newPayer } from "../../../test/payer.ts";
import { newStripeWorld, type StripeWorld } from "../../../test/stripe-world.ts";
import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import { repairEvents } from "./repair-events.ts";
import { watchTraffic } from "./watch-traffic.ts";

let world: StripeWorld;
beforeAll(async () => {
  world = await newStripeWorld();
});

const openAlarms = async (): Promise<string[]> =>
  (await world.admin.get(`{ alarms(first: 50, open: true) { nodes { key } } }`)).alarms.nodes.map(
    ({ key }: any) => key,
  );

test("events whose webhooks never came are found within the hour, and those that came are not worked twice", async () => {
  const payer = await newPayer(world, "STARTER");
  await repairEvents(world.platform);
  await world.settle();

  await world.faults([{ match: ".", kind: "webhook-drop", times: 1_000 }]);
  const { id } = await payer.stripeSubscription();
  await world.stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await world.settle();
  expect((await payer.billing()).cancelAt).toBeNull();
  await payer.endFaults();

  expect(await repairEvents(world.platform)).toBeGreaterThan(0);
  await world.settle();
  const { cancelAt, currentPeriodEnd } = await payer.billing();
  expect(cancelAt).toBe(currentPeriodEnd);

  expect(await repairEvents(world.platform)).toBe(0);
  const { billingHealth } = await world.admin.get(
    `{ billingHealth { lastRepairAt standIn failedEvents pendingCalls } }`,
  );
  expect(billingHealth).toMatchObject({ standIn: true, failedEvents: 0, pendingCalls: 0 });
  expect(Math.abs(Date.parse(billingHealth.lastRepairAt) - world.now().getTime())).toBeLessThan(60_000);
});

test("what hangs raises an alarm, until it hangs no more", async () => {
  const payer = await newPayer(world, "STARTER");
  await watchTraffic(world.platform);
  expect(await openAlarms()).toEqual([]);
  const age = (hours: number) =>
    inPlatformTransaction(world.platform.pool, (sql) =>
      sql(
        `update stripe_outbox set state = case when $2 > 0 then 'PENDING' else 'DONE' end, created_at = created_at - $2 * interval '1 hour',
           next_try_at = clock_timestamp() + interval '1 day'
         where id = (select id from stripe_outbox where organization_id = $1 order by id limit 1)`,
        [payer.id, hours],
      ),
    );
  await age(2);
  await watchTraffic(world.platform);
  expect(await openAlarms()).toEqual(["hanging:calls"]);
  await age(0);
  await watchTraffic(world.platform);
  expect(await openAlarms()).toEqual([]);
});

test("operators see in the metrics what waits and what is held", async () => {
  const response = await fetch(`${world.url}/metrics`);
  const text = await response.text();
  for (const name of [
    "qlp_stripe_events_waiting 0",
    "qlp_stripe_events_failed 0",
    "qlp_stripe_calls_pending 0",
    "qlp_stripe_calls_oldest_seconds 0",
    "qlp_invoices_held 0",
    "qlp_alarms_open 0",
    "qlp_proof_age_seconds -1",
  ])
    expect(text).toContain(name);
});
