import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planTerms, priceTerms, reportedWork } from "../../test/arbitraries.ts";
import {
  after,
  apiCalls,
  type Customer,
  generation,
  generations,
  newCustomer,
  publishPlan,
  type RecordedEvent,
  task,
} from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS, MINUTE_MS } from "../kernel/clock.ts";

const START = "2026-03-01T00:00:00.000Z";
const END = "2026-04-01T00:00:00.000Z";
const NOW = "2026-03-15T12:00:00.000Z";

async function starter() {
  const world = await newWorld();
  const customer = await newCustomer(world, START, "starter");
  world.setClock(NOW);
  return { world, customer };
}

const byKey = (events: readonly RecordedEvent[]): Map<string, RecordedEvent> =>
  new Map(events.map((event) => [event.idempotencyKey, event]));

describe("an event of the open period that is voided", () => {
  test("gives its unit back to the allowance, and the first event past it becomes included", async () => {
    const { customer } = await starter();
    const [first, past, further] = [
      generation({ complexity: "T0" }),
      generation({ complexity: "T3" }),
      generation({ complexity: "T3" }),
    ];
    await customer.record([first, ...generations(99, { complexity: "T0" }), past, further]);
    expect((await customer.usage()).meters.generations).toMatchObject({
      included: "100",
      billable: "2",
      amount: { amount: "2" },
    });

    expect(await customer.voidEvent(first.idempotencyKey, "  Sent by a test  ")).toMatchObject({
      __typename: "UsageEvent",
      idempotencyKey: first.idempotencyKey,
      rating: "VOIDED",
      amount: { amount: "0" },
      voidedAt: NOW,
      voidReason: "Sent by a test",
    });
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "101",
      included: "100",
      billable: "1",
      amount: { amount: "1" },
      credit: { amount: "0" },
      byComplexity: [
        { complexity: "T0", quantity: "99", amount: { amount: "0" } },
        { complexity: "T3", quantity: "2", amount: { amount: "1" } },
      ],
    });
    const events = byKey(await customer.events());
    expect(events.get(past.idempotencyKey)).toMatchObject({
      rating: "INCLUDED",
      amount: { amount: "0" },
      ratings: [
        {
          meter: "generations",
          quantity: "1",
          included: "1",
          billable: "0",
          amount: { amount: "0" },
          adjustments: [
            { included: "1", amount: { amount: "-1" }, reason: expect.stringContaining(first.idempotencyKey) },
          ],
        },
      ],
    });
    expect(events.get(further.idempotencyKey)).toMatchObject({ rating: "BILLABLE", amount: { amount: "1" } });
    expect((await customer.quotas()).generations).toMatchObject({ used: "101", remaining: "0" });
    expect((await customer.upcoming()).lines.find(({ meter }) => meter === "generations")).toMatchObject({
      quantity: "1",
      amount: { amount: "1.00" },
    });
  });

  test("that was billed itself changes no other event", async () => {
    const { customer } = await starter();
    await customer.record(generations(100));
    const [one, other] = [generation({ complexity: "T2" }), generation({ complexity: "T2" })];
    await customer.record([one, other]);
    await customer.voidEvent(one.idempotencyKey);
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "101",
      billable: "1",
      amount: { amount: "0.5" },
    });
    expect(byKey(await customer.events()).get(other.idempotencyKey)!.ratings[0]!.adjustments).toEqual([]);
  });

  test("gives back its minutes as well as its unit", async () => {
    const { customer } = await starter();
    const long = generation({ computeTimeMs: 60_000 + 60 * 60_000 });
    await customer.record([long, task(60_000 + 90 * 60_000)]);
    expect((await customer.usage()).meters.compute).toMatchObject({
      quantity: "150",
      billable: "50",
      amount: { amount: "2.5" },
    });
    await customer.voidEvent(long.idempotencyKey);
    expect((await customer.usage()).meters).toMatchObject({
      generations: { quantity: "0" },
      compute: { quantity: "90", included: "90", billable: "0", amount: { amount: "0" } },
    });
  });

  test("gives back a part where it was included in part", async () => {
    const { customer } = await starter();
    const wrong = apiCalls(12_000);
    await customer.record([apiCalls(5_000), wrong, apiCalls(3_000), apiCalls(4_000)]);
    await customer.voidEvent(wrong.idempotencyKey);
    expect((await customer.usage()).meters.api_calls).toMatchObject({
      quantity: "12000",
      included: "10000",
      billable: "2000",
      amount: { amount: "2" },
    });
    expect((await customer.events({ action: "API_CALL" })).map(({ amount }) => amount.amount)).toEqual([
      "2",
      "0",
      "0",
      "0",
    ]);
  });

  test("lets a hard limit include what came after it", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, START);
    const events = generations(12);
    await customer.record(events);
    await customer.voidEvent(events[3]!.idempotencyKey);
    expect((await customer.events()).map(({ rating }) => rating)).toEqual([
      "OVER_LIMIT",
      ...Array.from({ length: 7 }, () => "INCLUDED"),
      "VOIDED",
      "INCLUDED",
      "INCLUDED",
      "INCLUDED",
    ]);
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "11",
      included: "10",
      overLimit: "1",
    });
  });

  test("leaves its key taken: the same again is a duplicate, other content a conflict", async () => {
    const { customer } = await starter();
    const event = generation();
    await customer.accept(event);
    await customer.voidEvent(event.idempotencyKey);
    const outcomes = await customer.record([event, { ...event, complexity: "T3" }]);
    expect(outcomes.map(({ status, event: stands }) => [status, stands!.rating])).toEqual([
      ["DUPLICATE", "VOIDED"],
      ["CONFLICT", "VOIDED"],
    ]);
  });

  test("that cost nothing, failed or in a trial, stays without a cost", async () => {
    const { customer } = await starter();
    const failed = generation({ failed: true, computeTimeMs: 600_000 });
    await customer.accept(failed);
    expect(await customer.voidEvent(failed.idempotencyKey)).toMatchObject({
      rating: "VOIDED",
      amount: { amount: "0" },
    });

    const trialing = await newCustomer(customer.world, START);
    await trialing.startTrial();
    const tried = generation();
    await trialing.accept(tried);
    expect(await trialing.voidEvent(tried.idempotencyKey)).toMatchObject({ rating: "VOIDED" });
    expect((await trialing.usage()).meters.generations).toMatchObject({ quantity: "0", included: "0" });
  });

  test("does not rate later events at prices that came after them", async () => {
    const { customer, world } = await starter();
    await customer.record(generations(100));
    const [wrong, before] = [generation({ complexity: "T3" }), generation({ complexity: "T3" })];
    await customer.record([wrong, before]);
    world.setClock(after(NOW, MINUTE_MS));
    await customer.overridePrice("generations", "T3", { kind: "perUnit", price: "0.40" });
    const later = generation({ complexity: "T3" });
    await customer.accept(later);
    await customer.voidEvent(wrong.idempotencyKey);
    const events = byKey(await customer.events());
    expect([events.get(before.idempotencyKey)!.amount.amount, events.get(later.idempotencyKey)!.amount.amount]).toEqual(
      ["1", "0.4"],
    );
    expect((await customer.usage()).meters.generations.amount.amount).toBe("1.4");
  });
});

describe("an event of a closed period that is voided", () => {
  async function closed() {
    const { customer, world } = await starter();
    await customer.record(generations(100, { complexity: "T0" }));
    const [wrong, other] = [
      generation({ complexity: "T3", model: "gpt-4", computeTimeMs: 60_000 + 120 * 60_000 }),
      generation({ complexity: "T3" }),
    ];
    await customer.record([wrong, other]);
    world.setClock(after(END, DAY_MS));
    return { customer, world, wrong, other };
  }

  test("is credited in the open one, and the closed one stays as it was billed", async () => {
    const { customer, wrong, other } = await closed();
    const billed = await customer.usage(START, END);
    expect(billed).toMatchObject({
      total: { amount: "4.00" },
      meters: { generations: { amount: { amount: "3" } }, compute: { amount: { amount: "1" } } },
    });

    await customer.voidEvent(wrong.idempotencyKey);
    expect(await customer.usage(START, END)).toEqual(billed);
    expect(await customer.usage()).toMatchObject({
      total: { amount: "-3.00" },
      meters: {
        generations: { quantity: "0", amount: { amount: "0" }, credit: { amount: "2" } },
        compute: { quantity: "0", credit: { amount: "1" } },
      },
    });
    const { lines, total } = await customer.upcoming();
    expect(lines.map(({ kind, meter, amount }) => [kind, meter, amount.amount])).toEqual([
      ["FEE", null, "99.00"],
      ["CREDIT", "generations", "-2.00"],
      ["CREDIT", "compute", "-1.00"],
    ]);
    expect(total.amount).toBe("96.00");
    expect(byKey(await customer.events()).get(other.idempotencyKey)).toMatchObject({
      rating: "BILLABLE",
      amount: { amount: "1" },
    });
    expect((await customer.quotas()).generations).toMatchObject({ used: "0", remaining: "100" });
  });

  test("within the allowance gives nothing back: it cost nothing", async () => {
    const { customer, world } = await starter();
    const event = generation();
    await customer.accept(event);
    world.setClock(after(END, DAY_MS));
    await customer.voidEvent(event.idempotencyKey);
    expect((await customer.usage()).meters.generations).toMatchObject({ quantity: "0", credit: { amount: "0" } });
    expect((await customer.upcoming()).lines.map(({ kind }) => kind)).toEqual(["FEE"]);
  });

  test("but counted late in the open one is taken from the open one", async () => {
    const { customer, wrong } = await closed();
    await customer.record(generations(100));
    const late = generation({ complexity: "T2", occurredAt: NOW });
    expect(await customer.accept(late)).toMatchObject({ late: true, amount: { amount: "0.5" } });
    await customer.voidEvent(late.idempotencyKey);
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "100",
      billable: "0",
      credit: { amount: "0" },
    });
    await customer.voidEvent(wrong.idempotencyKey);
    expect((await customer.usage()).meters.generations).toMatchObject({ quantity: "100", credit: { amount: "2" } });
  });

  test("keeps its credit in the period it was given in", async () => {
    const { customer, world, wrong } = await closed();
    await customer.voidEvent(wrong.idempotencyKey);
    world.setClock(after("2026-05-01T00:00:00.000Z", 1));
    expect((await customer.usage()).meters.generations.credit.amount).toBe("0");
    expect((await customer.usage(END, "2026-05-01T00:00:00.000Z")).meters.generations.credit.amount).toBe("2");
  });
});

describe("voiding", () => {
  test("a second time is refused in words, and changes nothing", async () => {
    const { customer } = await starter();
    const event = generation();
    await customer.accept(event);
    await customer.voidEvent(event.idempotencyKey, "First");
    expect(await customer.voidEvent(event.idempotencyKey, "Second")).toEqual({
      __typename: "AlreadyVoided",
      message: expect.stringContaining(event.idempotencyKey),
    });
    expect((await customer.usage()).meters.generations.quantity).toBe("0");
    const { organization } = await customer.owner.get(`{ organization { usageEvents { nodes { voidReason } } } }`);
    expect(organization.usageEvents.nodes).toEqual([{ voidReason: "First" }]);
  });

  test("twenty times at once takes the event back once", async () => {
    const { customer } = await starter();
    await customer.record(generations(100));
    const event = generation({ complexity: "T3" });
    await customer.record([event, generation({ complexity: "T3" })]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => customer.voidEvent(event.idempotencyKey)));
    expect(answers.map(({ __typename }) => __typename).toSorted((a: string, b: string) => (a < b ? -1 : 1))).toEqual([
      ...Array.from({ length: 19 }, () => "AlreadyVoided"),
      "UsageEvent",
    ]);
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "101",
      billable: "1",
      amount: { amount: "1" },
    });
  });

  test.each([
    { why: "an event that nobody reported", change: { idempotencyKey: "never" }, code: "NOT_FOUND" },
    {
      why: "an organization that does not exist",
      change: { organizationId: "01920000-0000-7000-8000-000000000000" },
      code: "NOT_FOUND",
    },
    { why: "an id that is none", change: { organizationId: "x" }, code: "NOT_FOUND" },
    { why: "no reason", change: { reason: " " }, code: "BAD_USER_INPUT" },
    { why: "a novel for a reason", change: { reason: "r".repeat(501) }, code: "BAD_USER_INPUT" },
  ])("$why is refused with $code", async ({ change, code }) => {
    const { customer } = await starter();
    const event = generation();
    await customer.accept(event);
    const input = { organizationId: customer.id, idempotencyKey: event.idempotencyKey, reason: "Wrong", ...change };
    const { errors } = await customer.staff.ask(
      `mutation($input: VoidUsageInput!) { voidUsage(input: $input) { __typename } }`,
      { input },
    );
    expect(errors![0]!.extensions.code).toBe(code);
    expect((await customer.usage()).meters.generations.quantity).toBe("1");
  });

  test("is staff's alone: neither support, nor the owner, nor a key may", async () => {
    const { customer, world } = await starter();
    const event = generation();
    await customer.accept(event);
    const input = { organizationId: customer.id, idempotencyKey: event.idempotencyKey, reason: "Wrong" };
    for (const asker of [await world.staff("SUPPORT"), customer.owner, customer.key, await world.serviceKey()]) {
      const { errors } = await asker.ask(
        `mutation($input: VoidUsageInput!) { voidUsage(input: $input) { __typename } }`,
        { input },
      );
      expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
    }
    expect((await customer.events())[0]!.rating).toBe("INCLUDED");
  });
});

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
