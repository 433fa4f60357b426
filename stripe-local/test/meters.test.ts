import type Stripe from "stripe";
import { expect, test } from "vitest";
import { newWorld } from "./world.ts";

const meterOf = (stripe: Stripe, formula: "sum" | "count" | "last") =>
  stripe.billing.meters.create({ display_name: "Calls", event_name: "calls", default_aggregation: { formula } });

test.each([
  ["sum", 30.3],
  ["count", 3],
  ["last", 10.1],
] as const)("a meter gives the %s of what was used in a window", async (formula, expected) => {
  const { stripe, faults } = await newWorld();
  const meter = await meterOf(stripe, formula);
  const { id } = await stripe.customers.create();
  const minute = Math.floor(Date.now() / 60_000) * 60;
  for (const [index, value] of ["10.1", "10.1", "10.1", "500"].entries()) {
    await stripe.billing.meterEvents.create({
      event_name: "calls",
      identifier: `e${index}`,
      timestamp: index === 3 ? minute - 7_200 : minute - 60,
      payload: { stripe_customer_id: id, value },
    });
  }
  const window = { customer: id, start_time: minute - 3_600, end_time: minute + 60 };
  const { data } = await stripe.billing.meters.listEventSummaries(meter.id, window);
  expect(data.map(({ aggregated_value: value }) => value)).toEqual([expected]);
  expect(faults).toEqual([]);
});

test("an event with an identifier that was taken before is refused, and counted once", async () => {
  const { stripe } = await newWorld();
  await meterOf(stripe, "sum");
  const { id } = await stripe.customers.create();
  const event = { event_name: "calls", identifier: "once", payload: { stripe_customer_id: id, value: "1" } };
  await stripe.billing.meterEvents.create(event);
  await expect(stripe.billing.meterEvents.create(event)).rejects.toMatchObject({
    statusCode: 400,
    param: "identifier",
  });
});

test("events of no meter, of nobody, without a number, too old or too early are refused", async () => {
  const { stripe, faults } = await newWorld();
  const meter = await meterOf(stripe, "sum");
  const { id } = await stripe.customers.create();
  const now = Math.floor(Date.now() / 1000);
  const send = (change: Partial<Stripe.Billing.MeterEventCreateParams>) =>
    stripe.billing.meterEvents.create({
      event_name: "calls",
      payload: { stripe_customer_id: id, value: "1" },
      ...change,
    });
  await expect(send({ event_name: "other" })).rejects.toMatchObject({ param: "event_name" });
  await expect(send({ payload: { value: "1" } })).rejects.toMatchObject({ code: "parameter_missing" });
  await expect(send({ payload: { stripe_customer_id: "cus_none", value: "1" } })).rejects.toMatchObject({
    code: "resource_missing",
  });
  await expect(send({ payload: { stripe_customer_id: id, value: "many" } })).rejects.toMatchObject({ statusCode: 400 });
  await expect(send({ timestamp: now - 36 * 86_400 })).rejects.toMatchObject({ code: "timestamp_too_far_in_past" });
  await expect(send({ timestamp: now + 3_600 })).rejects.toMatchObject({ code: "timestamp_in_future" });

  await stripe.billing.meters.deactivate(meter.id);
  await expect(send({})).rejects.toMatchObject({ param: "event_name" });
  await stripe.billing.meters.reactivate(meter.id);
  await expect(meterOf(stripe, "sum")).rejects.toMatchObject({ code: "resource_already_exists" });
  expect(faults).toEqual([]);
});
