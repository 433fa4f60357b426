import { expect, test } from "vitest";
import { generations, level, newCustomer } from "../../test/customer.ts";
import { type Asker, newWorld } from "../../test/world.ts";

const START = "2026-03-01T00:00:00Z";
const FORECAST = `query($id: ID) { organization(id: $id) { usageForecast {
  meter unit used held allowance limitKind expected reachedAt expectedAmount { amount } reason days periodEnd } } }`;
const forecast = async (asker: Asker, id: string | null = null) =>
  (await asker.get(FORECAST, { id })).organization.usageForecast;

/** Twelve generations on each of so many days of March. */
async function customerAfter(days: number, plan: "free" | "starter" = "starter") {
  const world = await newWorld();
  const customer = await newCustomer(world, START, plan);
  for (let day = 1; day <= days; day += 1) {
    world.setClock(`2026-03-${String(day).padStart(2, "0")}T12:00:00Z`);
    const occurredAt = world.platform.clock().toISOString();
    await customer.record(generations(12, { complexity: "T1", occurredAt }));
  }
  world.setClock(`2026-03-${String(days + 1).padStart(2, "0")}T00:00:00Z`);
  return { world, customer };
}

test("the pace of the recent days goes on to the end of the period, priced by the plan", async () => {
  const { customer } = await customerAfter(4);
  const [counted] = await forecast(customer.owner);
  // 48 used, 27 days to go at 12 a day: 372, of which 272 at $0.25.
  expect(counted).toMatchObject({
    meter: "generations",
    used: "48",
    allowance: "100",
    limitKind: "OVERAGE",
    expected: "372",
    expectedAmount: { amount: "68" },
    reachedAt: "2026-03-09T08:00:00.000Z",
    reason: null,
    days: 4,
    periodEnd: "2026-04-01T00:00:00.000Z",
  });
});

test("before three whole days nothing is expected, and the reason is told", async () => {
  const { customer } = await customerAfter(2);
  expect((await forecast(customer.owner))[0]).toMatchObject({
    used: "24",
    expected: null,
    expectedAmount: null,
    reachedAt: null,
    reason: "TOO_EARLY",
  });
});

test("storage goes by its present level from the first day on", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, START, "starter");
  await customer.record([level(20, START)]);
  world.setClock("2026-03-02T00:00:00Z");
  const storage = (await forecast(customer.owner)).find(({ meter }: { meter: string }) => meter === "storage");
  // 20 GB against 10 GB-months: used up in the middle of the month, 10 more at $0.10.
  expect(storage).toMatchObject({
    expected: "20",
    expectedAmount: { amount: "1" },
    reachedAt: "2026-03-16T12:00:00.000Z",
    days: null,
  });
});

test("staff read the same as the customer", async () => {
  const { customer } = await customerAfter(4);
  expect(await forecast(customer.staff, customer.id)).toEqual(await forecast(customer.owner));
});
