import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reportedWork } from "../../test/arbitraries.ts";
import {
  after,
  apiCalls,
  type Customer,
  generation,
  generations,
  level,
  newCustomer,
  task,
  type Usage,
} from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { add, type Exact, negate, parseDecimal, sum, zero } from "../kernel/exact.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { sweepUsage } from "./sweep-usage.job.ts";

const MARCH = "2026-03-01T00:00:00.000Z";
const APRIL = "2026-04-01T00:00:00.000Z";
const MAY = "2026-05-01T00:00:00.000Z";
const day = (start: string, days: number): string => after(start, days * DAY_MS);
const exactly = (text: string): Exact => parseDecimal(text) ?? zero;

async function starter(start = MARCH) {
  const world = await newWorld();
  return { world, customer: await newCustomer(world, start, "starter") };
}

/** Quantities of generations, calls and minutes. */
const counted = ({ meters }: Usage): string[] => [
  meters.generations.quantity,
  meters.api_calls.quantity,
  meters.compute.quantity,
];

describe("usage of a span", () => {
  test("without one is that of the current period", async () => {
    const { customer, world } = await starter("2026-01-31T09:30:00.000Z");
    world.setClock("2026-02-14T00:00:00.000Z");
    await customer.record([generation(), apiCalls(3)]);
    expect(await customer.usage()).toMatchObject({
      periodStart: "2026-01-31T09:30:00.000Z",
      periodEnd: "2026-02-28T09:30:00.000Z",
    });
    expect(counted(await customer.usage())).toEqual(["1", "3", "0"]);
  });

  test("that is a closed period is what was billed for it, late events of earlier ones included", async () => {
    const { customer, world } = await starter();
    await customer.record(generations(4));
    world.setClock(day(APRIL, 1));
    await customer.record([...generations(2), generation({ occurredAt: day(MARCH, 30) })]);
    world.setClock(day(MAY, 1));
    expect(counted(await customer.usage(MARCH, APRIL))).toEqual(["4", "0", "0"]);
    expect(counted(await customer.usage(APRIL, MAY))).toEqual(["3", "0", "0"]);
    expect(counted(await customer.usage())).toEqual(["0", "0", "0"]);
  });

  test("that is none counts what occurred in it, to the millisecond", async () => {
    const { customer, world } = await starter();
    world.setClock(day(MARCH, 20));
    await customer.record([
      generation({ occurredAt: day(MARCH, 2) }),
      generation({ occurredAt: after(day(MARCH, 3), -1) }),
      apiCalls(10, { occurredAt: day(MARCH, 3) }),
      task(60_000 + 30_000, { occurredAt: after(day(MARCH, 3), 12 * HOUR_MS) }),
      apiCalls(100, { occurredAt: after(day(MARCH, 5), HOUR_MS) }),
      apiCalls(1_000, { occurredAt: after(day(MARCH, 5), 2 * HOUR_MS) }),
    ]);
    expect(counted(await customer.usage(day(MARCH, 2), day(MARCH, 3)))).toEqual(["2", "0", "0"]);
    expect(counted(await customer.usage(after(day(MARCH, 3), -1), after(day(MARCH, 3), 1)))).toEqual(["1", "10", "0"]);
    expect(counted(await customer.usage(after(day(MARCH, 2), 1), after(day(MARCH, 5), 2 * HOUR_MS)))).toEqual([
      "1",
      "110",
      "0.5",
    ]);
    expect(counted(await customer.usage(after(day(MARCH, 2), 1), after(day(MARCH, 5), 2 * HOUR_MS + 1)))).toEqual([
      "1",
      "1110",
      "0.5",
    ]);
    expect(counted(await customer.usage(after(day(MARCH, 3), HOUR_MS), after(day(MARCH, 3), 13 * HOUR_MS)))).toEqual([
      "0",
      "0",
      "0.5",
    ]);
    expect(counted(await customer.usage("2020-01-01T00:00:00Z", "2029-12-31T00:00:00Z"))).toEqual(["2", "1110", "0.5"]);
  });

  test("that is none takes voided events and ratings that were corrected into account", async () => {
    const { customer, world } = await starter();
    world.setClock(day(MARCH, 20));
    const wrong = generation({ occurredAt: day(MARCH, 1) });
    await customer.record([
      wrong,
      ...generations(99, { occurredAt: day(MARCH, 1) }),
      generation({ complexity: "T3", occurredAt: after(day(MARCH, 4), HOUR_MS) }),
    ]);
    const span = [day(MARCH, 4), after(day(MARCH, 4), 2 * HOUR_MS)] as const;
    expect((await customer.usage(...span)).meters.generations).toMatchObject({
      billable: "1",
      amount: { amount: "1" },
    });
    await customer.voidEvent(wrong.idempotencyKey);
    expect((await customer.usage(...span)).meters.generations).toMatchObject({
      quantity: "1",
      included: "1",
      billable: "0",
      amount: { amount: "0" },
    });
    expect((await customer.usage(MARCH, day(MARCH, 2))).meters.generations.quantity).toBe("99");
  });

  test.each([
    { why: "only a start", from: MARCH, to: null },
    { why: "only an end", from: null, to: MARCH },
    { why: "an end before its start", from: APRIL, to: MARCH },
    { why: "nothing between its ends", from: MARCH, to: MARCH },
    { why: "more than ten years", from: "2000-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" },
    { why: "a day that does not exist", from: "2026-02-30T00:00:00Z", to: APRIL },
    { why: "no time zone", from: "2026-02-01T00:00:00", to: APRIL },
    { why: "no instant", from: "yesterday", to: APRIL },
    { why: "a year past all calendars", from: MARCH, to: "+010000-01-01T00:00:00Z" },
  ])("with $why is refused", async ({ from, to }) => {
    const { customer } = await starter();
    for (const field of ["usage", "usageByDay"]) {
      const { errors } = await customer.owner.ask(
        `query($from: DateTime, $to: DateTime) { organization { ${field}(from: $from, to: $to) { __typename } } }`,
        { from, to },
      );
      expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    }
  });

  test("at the end of all calendars is empty, and no fault", async () => {
    const { customer } = await starter();
    const { data, errors } = await customer.owner.ask(
      `query($from: DateTime, $to: DateTime) { organization { usage(from: $from, to: $to) { meters { quantity } } usageByDay(from: $from, to: $to) { day } } }`,
      { from: "9999-12-30T10:00:00Z", to: "9999-12-31T23:59:59.999Z" },
    );
    expect(errors).toBeUndefined();
    expect(data.organization.usageByDay).toEqual([]);
  });
});

describe("usage by day", () => {
  test("tells each day's meters and complexities, and counts late events on the day they occurred", async () => {
    const { customer, world } = await starter();
    await customer.record([
      generation({ complexity: "T0" }),
      generation({ complexity: "T0" }),
      generation({ complexity: "T3" }),
    ]);
    world.setClock(day(APRIL, 1));
    await customer.record([
      generation({ complexity: "T3", occurredAt: MARCH }),
      generation({ failed: true, occurredAt: day(MARCH, 1) }),
      apiCalls(5),
    ]);
    const days = `{ day total { amount } meters { meter complexity quantity events } }`;
    const { organization } = await customer.owner.get(
      `query($from: DateTime, $to: DateTime) { organization { now: usageByDay ${days} then: usageByDay(from: $from, to: $to) ${days} } }`,
      { from: MARCH, to: after(day(MARCH, 1), 1) },
    );
    expect(organization.now).toEqual([
      {
        day: day(APRIL, 1),
        total: { amount: "0" },
        meters: [{ meter: "api_calls", complexity: null, quantity: "5", events: 1 }],
      },
    ]);
    expect(organization.then).toEqual([
      {
        day: MARCH,
        total: { amount: "0" },
        meters: [
          { meter: "generations", complexity: "T0", quantity: "2", events: 2 },
          { meter: "generations", complexity: "T3", quantity: "2", events: 2 },
        ],
      },
      {
        day: day(MARCH, 1),
        total: { amount: "0" },
        meters: [{ meter: "generations", complexity: "T1", quantity: "0", events: 1 }],
      },
    ]);
  });
});

describe("periods roll over by themselves", () => {
  test("however long nobody came by, one after the other, from the anchor on the 31st", async () => {
    const { customer, world } = await starter("2026-01-31T00:00:00.000Z");
    await customer.record([...generations(101), level(20, "2026-01-31T00:00:00.000Z")]);
    world.setClock("2026-07-04T00:00:00.000Z");
    const periods = await customer.periods();
    const starts = ["2026-06-30", "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31"].map(
      (text) => `${text}T00:00:00.000Z`,
    );
    expect(periods.map(({ start }) => start)).toEqual(starts);
    expect(periods.map(({ end }) => end)).toEqual(["2026-07-31T00:00:00.000Z", ...starts.slice(0, -1)]);
    expect(periods.map(({ open }) => open)).toEqual([true, false, false, false, false, false]);
    expect((await customer.usage(starts[5], starts[4])).meters.generations).toMatchObject({
      quantity: "101",
      billable: "1",
    });
    expect((await customer.usage(starts[2], starts[1])).meters).toMatchObject({
      generations: { quantity: "0" },
      storage: { quantity: "20", billable: "10" },
    });
    expect((await customer.quotas()).generations).toMatchObject({
      used: "0",
      limit: "100",
      resetAt: "2026-07-31T00:00:00.000Z",
    });
  });

  test("for whoever comes first: a reader, a writer, or twenty of both at once", async () => {
    const { customer, world } = await starter();
    world.setClock("2026-09-15T00:00:00.000Z");
    await Promise.all(Array.from({ length: 10 }, () => [customer.usage(), customer.record([generation()])]).flat());
    expect(await customer.periods()).toHaveLength(7);
    expect((await customer.usage()).meters.generations.quantity).toBe("10");
  });

  test("also in the list of all organizations, and by the job, which changes nothing a second time", async () => {
    const { customer, world } = await starter();
    await customer.record([level(30, MARCH)]);
    world.setClock(day(APRIL, 3));
    const { organizations } = await customer.staff.get(
      `query($search: String) { organizations(search: $search) { nodes { subscription { currentPeriodStart } } } }`,
      { search: customer.id },
    );
    expect(organizations.nodes).toEqual([{ subscription: { currentPeriodStart: APRIL } }]);
    const before = [await customer.usage(MARCH, APRIL), await customer.usage()];
    for (let run = 0; run < 2; run += 1) {
      await sweepUsage.run(world.platform, {});
      expect([await customer.usage(MARCH, APRIL), await customer.usage()]).toEqual(before);
    }
    expect(before[0]!.meters.storage).toMatchObject({ quantity: "30", amount: { amount: "2" } });
  });

  test("and the job rolls over what nobody touches, and forgets refused attempts after 30 days", async () => {
    const { customer, world } = await starter();
    await customer.record([generation({ complexity: null })]);
    const refused = async () =>
      (await customer.owner.get(`{ organization { rejectedUsage { nodes { at } } } }`)).organization.rejectedUsage.nodes
        .length;
    world.setClock(day(MARCH, 30));
    await sweepUsage.run(world.platform, {});
    expect(await refused()).toBe(1);
    world.setClock(after(day(MARCH, 31), 1));
    await sweepUsage.run(world.platform, {});
    expect(await refused()).toBe(0);
    const periods = await inPlatformTransaction(world.platform.pool, (sql) =>
      sql<{ open: boolean }>(
        "select closed_at is null as open from billing_periods where organization_id = $1 order by start_at",
        [customer.id],
      ),
    );
    expect(periods).toEqual([{ open: false }, { open: true }]);
  });
});

/** All that a customer's usage can be added up from. */
async function ledgersOf(customer: Customer) {
  const periods = await customer.periods();
  const usages = await Promise.all(periods.map(({ start, end }) => customer.usage(start, end)));
  const earliest = day(periods.at(-1)!.start, -40);
  const { organization } = await customer.owner.get(
    `query($from: DateTime, $to: DateTime) { organization { usageByDay(from: $from, to: $to) { total { amount } meters { meter quantity billable amount { amount } } } } }`,
    { from: earliest, to: periods[0]!.end },
  );
  const days: {
    total: { amount: string };
    meters: { meter: string; quantity: string; billable: string; amount: { amount: string } }[];
  }[] = organization.usageByDay;
  return {
    usages,
    days,
    events: await customer.events(),
    whole: await customer.usage(earliest, after(periods[0]!.end, 1)),
    upcoming: await customer.upcoming(),
  };
}

const history = fc.array(
  fc.record({
    hours: fc.integer({ min: 0, max: 24 * 75 }),
    ago: fc.integer({ min: 0, max: 24 * 20 }),
    work: reportedWork,
    many: fc.integer({ min: 1, max: 40 }),
    voided: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

test(
  "whatever was recorded, late or voided: events, days, spans, periods and the invoice add up to the same",
  { timeout: 60_000 },
  async () => {
    const world = await newWorld();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("free" as const, "starter" as const), history, async (plan, steps) => {
        const customer = await newCustomer(world, MARCH, plan);
        for (const { hours, ago, work, many, voided } of steps.toSorted((a, b) => a.hours - b.hours)) {
          const now = after(MARCH, hours * HOUR_MS);
          world.setClock(now);
          const events = Array.from({ length: many }, () => ({
            ...generation(),
            complexity: null,
            ...work,
            occurredAt: after(now, -ago * HOUR_MS),
          }));
          await customer.record(events);
          if (voided) await customer.voidEvent(events[0]!.idempotencyKey);
        }
        const { usages, days, events, whole, upcoming } = await ledgersOf(customer);
        for (const meter of ["generations", "api_calls", "compute"] as const) {
          const parts = events.flatMap(({ ratings }) => ratings.filter((rating) => rating.meter === meter));
          const ofDays = days.flatMap(({ meters }) => meters.filter((row) => row.meter === meter));
          const billed = usages.map(({ meters }) => meters[meter]);
          // A closed period stays as it was billed; what was voided in it since is its credit in another.
          expect(sum(parts.map(({ amount }) => exactly(amount.amount)))).toEqual(
            sum(billed.flatMap(({ amount, credit }) => [exactly(amount.amount), negate(exactly(credit.amount))])),
          );
          expect(sum(ofDays.map(({ amount }) => exactly(amount.amount)))).toEqual(
            sum(billed.map(({ amount }) => exactly(amount.amount))),
          );
          for (const name of ["quantity", "billable"] as const) {
            expect(sum(ofDays.map((row) => exactly(row[name])))).toEqual(sum(billed.map((row) => exactly(row[name]))));
            expect(exactly(whole.meters[meter][name])).toEqual(sum(ofDays.map((row) => exactly(row[name]))));
          }
          for (const one of billed)
            expect(add(exactly(one.included), add(exactly(one.billable), exactly(one.overLimit)))).toEqual(
              exactly(one.quantity),
            );
        }
        for (const { total, meters } of days)
          expect(sum(meters.map(({ amount }) => exactly(amount.amount)))).toEqual(exactly(total.amount));
        for (const { amount, ratings } of events)
          expect(sum(ratings.map((rating) => exactly(rating.amount.amount)))).toEqual(exactly(amount.amount));

        const current = usages[0]!;
        for (const { kind, meter, exactAmount, amount, roundingDifference } of upcoming.lines.filter(
          ({ meter }) => meter !== null,
        )) {
          const { amount: billed, credit } = current.meters[meter!];
          expect(exactly(exactAmount.amount)).toEqual(
            kind === "CREDIT" ? negate(exactly(credit.amount)) : exactly(billed.amount),
          );
          expect(add(exactly(exactAmount.amount), exactly(roundingDifference.amount))).toEqual(exactly(amount.amount));
        }
        const usageLines = upcoming.lines
          .filter(({ kind }) => kind !== "FEE")
          .map(({ amount }) => exactly(amount.amount));
        expect(sum(usageLines)).toEqual(exactly(current.total.amount));
        expect(sum(upcoming.lines.map(({ amount }) => exactly(amount.amount)))).toEqual(exactly(upcoming.total.amount));
      }),
      { numRuns: 8 },
    );
  },
);
