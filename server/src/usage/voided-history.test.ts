import fc from "fast-check";
import { expect, test } from "vitest";
import { planTerms, priceTerms, reportedWork } from "../../test/arbitraries.ts";
import { after, type Customer, generation, newCustomer, publishPlan } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS, MINUTE_MS } from "../kernel/clock.ts";
import { NOW, START } from "../../test/starter.ts";

/** A customer on a new version of Professional with these terms. */
async function customerOn(terms: Parameters<typeof publishPlan>[2]): Promise<Customer> {
  const world = await newWorld();
  const customer = await newCustomer(world, START);
  expect(await publishPlan(customer.staff, "professional", terms)).toMatchObject({ __typename: "PlanVersion" });
  await customer.agree("professional");
  return customer;
}

/** What a history comes to, but for the events' ids. */
async function outcomeOf(customer: Customer, without: ReadonlySet<string> = new Set()) {
  const { meters, total } = await customer.usage();
  const { organization } = await customer.owner.get(
    `{ organization { usageByDay { day total { amount } meters { meter complexity quantity billable amount { amount } } } } }`,
  );
  const events = (await customer.events()).filter(({ idempotencyKey }) => !without.has(idempotencyKey));
  return {
    meters,
    total,
    lines: (await customer.upcoming()).lines.map(({ id: _, ...line }) => line),
    // Days count what was reported, voided or not; what it comes to must be the same.
    days: organization.usageByDay
      .map((day: { meters: { quantity: string }[] }) => ({
        ...day,
        meters: day.meters.filter(({ quantity }) => quantity !== "0"),
      }))
      .filter((day: { meters: unknown[] }) => day.meters.length > 0),
    events: events.map(({ idempotencyKey, rating, amount, ratings }) => ({
      idempotencyKey,
      rating,
      amount,
      ratings: ratings.map(({ meter, quantity, included, billable, overLimit, amount: cost }) => ({
        meter,
        quantity,
        included,
        billable,
        overLimit,
        amount: cost,
      })),
    })),
  };
}

const history = fc.record({
  terms: planTerms,
  batches: fc.array(
    fc.array(fc.record({ work: reportedWork, day: fc.integer({ min: 0, max: 13 }) }), { minLength: 1, maxLength: 6 }),
    { minLength: 1, maxLength: 4 },
  ),
  /** After which batch the customer gets which price of its own. */
  overrides: fc.array(
    fc.record({
      batch: fc.nat({ max: 3 }),
      meter: fc.constantFrom("generations" as const, "api_calls" as const),
      key: fc.constantFrom("T1", "all"),
      price: priceTerms,
    }),
    { maxLength: 2 },
  ),
  /** After which batch which of the events so far are voided. */
  voids: fc.array(fc.record({ batch: fc.nat({ max: 3 }), event: fc.nat({ max: 23 }) }), { minLength: 1, maxLength: 4 }),
});

test(
  "what is left of any history, under any prices, is what it had been without the voided events",
  { timeout: 240_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ terms, batches, overrides, voids }) => {
        const reports = batches.map((batch) =>
          batch.map(({ work, day }) => ({
            ...generation(),
            complexity: null,
            ...work,
            occurredAt: after(START, day * DAY_MS + 7),
          })),
        );
        const voided = new Map<string, number>();
        for (const { batch, event } of voids) {
          const known = reports.slice(0, batch + 1).flat();
          const { idempotencyKey } = known[event % known.length]!;
          if (!voided.has(idempotencyKey)) voided.set(idempotencyKey, batch);
        }

        const customer = await customerOn(terms);
        const twin = await newCustomer(customer.world, START, "professional");
        for (const [index, batch] of reports.entries()) {
          customer.world.setClock(after(NOW, index * MINUTE_MS));
          await customer.record(batch);
          const kept = batch.filter(({ idempotencyKey }) => !voided.has(idempotencyKey));
          if (kept.length > 0) await twin.record(kept);
          customer.world.setClock(after(NOW, index * MINUTE_MS + 1));
          for (const { meter, key, price } of overrides.filter((override) => override.batch === index)) {
            for (const one of [customer, twin])
              await one.overridePrice(meter, meter === "generations" ? key : "all", price);
          }
          for (const [key, at] of voided) if (at === index) await customer.voidEvent(key);
        }
        // Those of batches that this history does not have.
        for (const [key, at] of voided) if (at >= reports.length) await customer.voidEvent(key);
        expect(await outcomeOf(customer, new Set(voided.keys()))).toEqual(await outcomeOf(twin));
      }),
      { numRuns: 25 },
    );
  },
);
