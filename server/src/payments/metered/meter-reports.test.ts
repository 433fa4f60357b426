import { beforeAll, describe, expect, test } from "vitest";
import { apiCalls } from "../../../test/customer.ts";
import { counted, meteredPayer, reports, routesOf, strayReport, toNextPeriod } from "../../../test/metered.ts";
import { asOwner, hurryRetries } from "../../../test/stripe-events.ts";
import { newStripeWorld, type StripeWorld } from "../../../test/stripe-world.ts";
import { recheckMetered } from "./recheck-metered.job.ts";

let world: StripeWorld;
beforeAll(async () => {
  world = await newStripeWorld();
});

describe("a report", () => {
  test.each([
    { why: "is busy (429)", fault: { kind: "status", status: 429, times: 3 } },
    { why: "fails before it acts (500)", fault: { kind: "status", status: 500, times: 4 } },
    { why: "fails after it acted (500)", fault: { kind: "status", status: 500, after: true, times: 4 } },
    { why: "hangs up after it acted", fault: { kind: "drop", after: true, times: 4 } },
  ])("is counted once when Stripe $why", async ({ fault }) => {
    const payer = await meteredPayer(world);
    await payer.record([apiCalls(20_000)]);
    await world.faults([{ match: "POST /v1/billing/meter_events", ...fault }]);
    await toNextPeriod(payer);
    await world.faults([]);
    await hurryRetries(payer.id);
    await world.settle();
    await recheckMetered(world.platform);
    await world.settle();
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await counted(payer, "api_calls")).toBe(1_000);
    expect(await payer.alarms()).toEqual([]);
  });

  test("that is made again after a crash changes nothing, also when Stripe has forgotten the call", async () => {
    const payer = await meteredPayer(world);
    await payer.record([apiCalls(20_000)]);
    await toNextPeriod(payer);
    const again = async (key: string) => {
      await asOwner(
        `update stripe_outbox set state = 'PENDING', done_at = null, next_try_at = now(), key = ${key}
         where organization_id = $1 and kind = 'meter.report'`,
        [payer.id],
      );
      await world.settle();
      expect((await reports(payer)).map(({ value, state }) => [value, state])).toEqual([["1000", "DONE"]]);
      expect(await counted(payer, "api_calls")).toBe(1_000);
    };
    await again("key");
    // Keys are kept for some time only; a new one is a new call, of the same event.
    await again("'forgotten:' || key");
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await payer.alarms()).toEqual([]);
  });

  test("that is a cent off at Stripe holds the draft with an alarm, until it is right again", async () => {
    const payer = await meteredPayer(world);
    await payer.record([apiCalls(20_000)]);
    const within = world.now();
    await strayReport(payer, "1", within);
    await toNextPeriod(payer);
    const held = (await payer.invoices())[0];
    expect(held.status).toBe("DRAFT");
    expect(await payer.alarms()).toEqual([
      {
        kind: "invoice-held",
        message: expect.stringContaining("API calls past the allowance: 1000 in the ledger, 1001 at Stripe"),
      },
    ]);
    await recheckMetered(world.platform);
    expect((await payer.invoices())[0].status).toBe("DRAFT");

    await strayReport(payer, "-1", within);
    expect(await recheckMetered(world.platform)).toBe(1);
    await world.settle();
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await payer.alarms()).toEqual([]);
  });
});

test("a held draft takes later usage as an item, since its meter's line is taken", async () => {
  const payer = await meteredPayer(world);
  await payer.record([apiCalls(20_000)]);
  await strayReport(payer, "1");
  await toNextPeriod(payer);
  await payer.record([{ ...apiCalls(20_000), idempotencyKey: "later" }]);
  await payer.tryCancel(false);
  await world.settle();
  expect((await routesOf(payer)).toSorted()).toEqual([
    "api_calls invoice_item INVOICED",
    "api_calls stripe_meter INVOICED",
  ]);
  const [held] = await payer.invoices();
  expect(held.status).toBe("DRAFT");
  expect((await payer.alarms()).map(({ kind }) => kind)).toEqual(["invoice-held"]);
  expect(await asOwner("select last_error from stripe_inbox where state in ('RECEIVED', 'FAILED')")).toEqual([]);
});
