import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { after, type Customer, level, newCustomer, publishPlan } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { type Exact, exact, negate, parseDecimal, roundHalfUp, sum, zero } from "../kernel/exact.ts";

const MARCH = "2026-03-01T00:00:00.000Z";
const APRIL = "2026-04-01T00:00:00.000Z";
const MAY = "2026-05-01T00:00:00.000Z";
const JUNE = "2026-06-01T00:00:00.000Z";
const day = (start: string, days: number): string => after(start, days * DAY_MS);

async function starter() {
  const world = await newWorld();
  return { world, customer: await newCustomer(world, MARCH, "starter") };
}

/** GB-months and dollars of a period. */
async function stored(customer: Customer, from: string | null = null, to: string | null = null) {
  const { quantity, included, billable, overLimit, amount, credit, estimated, currentBytes } = (
    await customer.usage(from, to)
  ).meters.storage;
  return {
    quantity,
    included,
    billable,
    overLimit,
    amount: amount.amount,
    credit: credit.amount,
    estimated,
    currentBytes,
  };
}

/** A period as it was billed: all but the level that stands now. */
async function billedIn(customer: Customer, start: string, end: string) {
  const { total, meters } = await customer.usage(start, end);
  return { total, meters: Object.values(meters).map(({ currentBytes: _, ...meter }) => meter) };
}

describe("a level of storage", () => {
  test("stands until it is changed, across periods that nobody touched", async () => {
    const { customer, world } = await starter();
    world.setClock(day(MARCH, 20));
    await customer.record([level(31, day(MARCH, 15))]);
    expect(await stored(customer)).toMatchObject({
      quantity: "16",
      included: "10",
      billable: "6",
      amount: "0.6",
      estimated: true,
      currentBytes: "31000000000",
    });
    world.setClock(day(JUNE, 3));
    expect(await stored(customer)).toMatchObject({ quantity: "31", billable: "21", amount: "2.1", estimated: true });
    expect(await stored(customer, MARCH, APRIL)).toMatchObject({
      quantity: "16",
      billable: "6",
      amount: "0.6",
      estimated: false,
    });
    expect(await stored(customer, APRIL, MAY)).toMatchObject({ quantity: "31", billable: "21" });
    expect(await stored(customer, MAY, JUNE)).toMatchObject({ quantity: "31", billable: "21" });
  });

  test("counts the same in whatever order the levels are reported", async () => {
    const { customer, world } = await starter();
    world.setClock(day(MARCH, 30));
    await customer.record([level(0, day(MARCH, 20))]);
    await customer.record([level(62, day(MARCH, 10)), level(15.5, day(MARCH, 0))]);
    // 15.5 GB for 10 days, 62 for 10, nothing for 11.
    expect(await stored(customer)).toMatchObject({ quantity: "25", billable: "15", amount: "1.5", currentBytes: "0" });
  });

  test("of two at one instant, the one accepted later holds", async () => {
    const { customer, world } = await starter();
    world.setClock(day(MARCH, 1));
    await customer.record([level(5, MARCH), level(20, MARCH)]);
    expect(await stored(customer)).toMatchObject({ quantity: "20" });
    await customer.record([level(12, MARCH)]);
    expect(await stored(customer)).toMatchObject({ quantity: "12" });
  });

  test("at the exact end of a period belongs to the next", async () => {
    const { customer, world } = await starter();
    world.setClock(after(APRIL, -60_000));
    await customer.record([level(1_000, APRIL), level(3, MARCH)]);
    expect(await stored(customer)).toMatchObject({ quantity: "3", amount: "0" });
    world.setClock(APRIL);
    expect(await stored(customer, MARCH, APRIL)).toMatchObject({ quantity: "3", amount: "0" });
    expect(await stored(customer)).toMatchObject({ quantity: "1000", billable: "990" });
  });

  test("past a hard limit is over the limit and not billed", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, MARCH);
    await customer.record([level(3, MARCH)]);
    expect(await stored(customer)).toMatchObject({
      quantity: "3",
      included: "1",
      billable: "0",
      overLimit: "2",
      amount: "0",
    });
  });

  test("from before the organization existed stands from its first period on", async () => {
    const { customer } = await starter();
    await customer.record([level(40, day(MARCH, -20))]);
    expect(await stored(customer)).toMatchObject({ quantity: "40", billable: "30" });
  });
});

describe("a level that comes after its period is closed", () => {
  test("is billed in the open period by what it adds, and the closed one stays as it was billed", async () => {
    const { customer, world } = await starter();
    await customer.record([level(20, MARCH)]);
    world.setClock(day(APRIL, 2));
    const billed = await billedIn(customer, MARCH, APRIL);
    expect(billed.total.amount).toBe("1.00");
    const [outcome] = await customer.record([level(51, day(MARCH, 16))]);
    expect(outcome!.event).toMatchObject({ late: true });
    // 51 GB in April, and in March 31 GB more for 15 days, which are 15.5 of April's 30 days' GB-months.
    expect(await stored(customer)).toMatchObject({ quantity: "66.5", billable: "56.5", amount: "5.65" });
    expect(await billedIn(customer, MARCH, APRIL)).toEqual(billed);
    world.setClock(day(MAY, 1));
    expect(await stored(customer, APRIL, MAY)).toMatchObject({ quantity: "66.5", estimated: false });
    expect(await stored(customer)).toMatchObject({ quantity: "51" });
  });

  test("and lowers it, is credited in the open one with what the closed one had billed too much", async () => {
    const { customer, world } = await starter();
    await customer.record([level(60, MARCH)]);
    world.setClock(day(APRIL, 2));
    await customer.record([level(29, day(MARCH, 21))]);
    // 31 GB less for the last 10 of March's 31 days.
    expect(await stored(customer)).toMatchObject({ quantity: "29", amount: "1.9", credit: "1" });
    expect(await stored(customer, MARCH, APRIL)).toMatchObject({ quantity: "60", amount: "5" });
  });

  test("and lowers what came late before it, takes from there first", async () => {
    const { customer, world } = await starter();
    await customer.record([level(20, MARCH)]);
    world.setClock(day(APRIL, 2));
    await customer.record([level(51, day(MARCH, 16))]);
    await customer.record([level(20, day(MARCH, 26))]);
    // 31 GB for 10 days of March, in April.
    expect(await stored(customer)).toMatchObject({ quantity: "30.33333333333333333333333333", credit: "0" });
    await customer.record([level(0, day(MARCH, 16)), level(0, day(MARCH, 26))]);
    // Nothing for the last 15 of March's days: 20 GB that had been billed, less the allowance of 10.
    expect(await stored(customer)).toMatchObject({ quantity: "0", credit: "0.9677419354838709677419354839" });
  });

  test("counts through all closed periods since, each only once", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, "2026-01-01T00:00:00.000Z", "starter");
    world.setClock("2026-03-03T00:00:00.000Z");
    await customer.record([level(30, "2026-01-28T00:00:00.000Z")]);
    // Four days of January, all of February, and March: 30 GB for 63 of March's 31 days.
    expect(await stored(customer)).toMatchObject({ quantity: "60.96774193548387096774193548" });
    await customer.record([level(30, "2026-02-20T00:00:00.000Z"), level(61, "2026-02-27T00:00:00.000Z")]);
    // 61 GB from 27 February on: 31 GB more for 2 days of February and all of March.
    expect(await stored(customer)).toMatchObject({ quantity: "93.96774193548387096774193548" });
    expect(await stored(customer, "2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z")).toMatchObject({
      quantity: "0",
    });
  });

  test("of a trial stays free", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, MARCH);
    await customer.startTrial();
    world.setClock(day(MARCH, 14));
    await customer.agree("starter");
    world.setClock(day(MARCH, 15));
    await customer.record([level(5_000, day(MARCH, 1)), level(1, day(MARCH, 14))]);
    expect(await stored(customer)).toMatchObject({ quantity: "1", billable: "0", amount: "0" });
    expect((await customer.upcoming()).lines.map(({ kind }) => kind)).toEqual(["FEE"]);
  });
});

describe("a price of the customer's own", () => {
  test("does not reach back into closed periods", async () => {
    const { customer, world } = await starter();
    await customer.record([level(30, MARCH)]);
    world.setClock(day(APRIL, 2));
    expect(await stored(customer, MARCH, APRIL)).toMatchObject({ amount: "2" });
    await customer.overridePrice("storage", "all", { kind: "perUnit", price: "0.01" });
    expect(await stored(customer, MARCH, APRIL)).toMatchObject({ amount: "2" });
    expect(await stored(customer)).toMatchObject({ amount: "0.2" });
    await customer.record([level(30, day(MARCH, 16))]);
    expect(await stored(customer, MARCH, APRIL)).toMatchObject({ amount: "2" });
  });
});

describe("a level that is voided", () => {
  test("never stood, while its period is open", async () => {
    const { customer, world } = await starter();
    world.setClock(day(MARCH, 20));
    const [good, wrong] = [level(12, MARCH), level(5_000, day(MARCH, 10))];
    await customer.record([good, wrong]);
    expect(await customer.voidEvent(wrong.idempotencyKey)).toMatchObject({
      __typename: "UsageEvent",
      rating: "VOIDED",
      amount: { amount: "0" },
    });
    expect(await stored(customer)).toMatchObject({
      quantity: "12",
      billable: "2",
      currentBytes: "12000000000",
      credit: "0",
    });
  });

  test("in a closed period gives the money back in the open one, exactly what it had cost", async () => {
    const { customer, world } = await starter();
    const [good, wrong] = [level(12, MARCH), level(322, day(MARCH, 15))];
    await customer.record([good]);
    world.setClock(day(MARCH, 20));
    await customer.record([wrong]);
    world.setClock(day(APRIL, 2));
    const billed = await billedIn(customer, MARCH, APRIL);
    // 12 GB for 15 days, 322 for 16: 172 GB-months.
    expect(billed.total.amount).toBe("16.20");

    await customer.voidEvent(wrong.idempotencyKey);
    expect(await billedIn(customer, MARCH, APRIL)).toEqual(billed);
    expect(await stored(customer)).toMatchObject({ quantity: "12", billable: "2", amount: "0.2", credit: "16" });
    const { lines, total } = await customer.upcoming();
    expect(lines.map(({ kind, meter, amount }) => [kind, meter, amount.amount])).toEqual([
      ["FEE", null, "99.00"],
      ["USAGE", "storage", "0.20"],
      ["CREDIT", "storage", "-16.00"],
    ]);
    expect(total.amount).toBe("83.20");
    expect((await customer.usage()).total.amount).toBe("-15.80");
    world.setClock(day(MAY, 2));
    expect(await stored(customer, APRIL, MAY)).toMatchObject({ amount: "0.2", credit: "16" });
    expect(await stored(customer)).toMatchObject({ credit: "0" });
  });

  test("gives back what each closed period had billed for it, and no more when another is voided too", async () => {
    const { customer, world } = await starter();
    const [wrong, other] = [level(110, MARCH), level(210, day(APRIL, 15))];
    await customer.record([wrong]);
    world.setClock(day(APRIL, 16));
    await customer.record([other]);
    world.setClock(day(MAY, 3));
    expect([await stored(customer, MARCH, APRIL), await stored(customer, APRIL, MAY)]).toMatchObject([
      { amount: "10" },
      { quantity: "160", amount: "15" },
    ]);
    await customer.voidEvent(wrong.idempotencyKey);
    // April without the first is 210 GB for half of it: 105 GB-months, 9.5 dollars.
    expect(await stored(customer)).toMatchObject({ quantity: "210", credit: "15.5" });
    await customer.voidEvent(other.idempotencyKey);
    expect(await stored(customer)).toMatchObject({ quantity: "0", amount: "0", credit: "25" });
  });

  test("that was counted late in the open period is taken from it again", async () => {
    const { customer, world } = await starter();
    await customer.record([level(20, MARCH)]);
    world.setClock(day(APRIL, 2));
    const before = await stored(customer);
    const wrong = level(51, day(MARCH, 16));
    await customer.record([wrong]);
    await customer.voidEvent(wrong.idempotencyKey);
    expect(await stored(customer)).toEqual(before);
  });

  test("that was counted late in a period closed since is credited from there", async () => {
    const { customer, world } = await starter();
    await customer.record([level(20, MARCH)]);
    world.setClock(day(APRIL, 2));
    const wrong = level(51, day(MARCH, 16));
    await customer.record([wrong]);
    world.setClock(day(MAY, 2));
    expect(await stored(customer, APRIL, MAY)).toMatchObject({ quantity: "66.5", amount: "5.65" });
    await customer.voidEvent(wrong.idempotencyKey);
    // April without it is 20 GB-months, one dollar.
    expect(await stored(customer)).toMatchObject({ quantity: "20", amount: "1", credit: "4.65" });
    expect(await stored(customer, MARCH, APRIL)).toMatchObject({ amount: "1" });
  });

  test("below what really stood is made up for in the open period", async () => {
    const { customer, world } = await starter();
    const wrong = level(0, day(MARCH, 16));
    await customer.record([level(60, MARCH)]);
    world.setClock(day(MARCH, 17));
    await customer.record([wrong]);
    world.setClock(day(APRIL, 2));
    await customer.record([level(30, APRIL)]);
    await customer.voidEvent(wrong.idempotencyKey);
    // 60 GB for the 15 days that March had been billed without.
    expect(await stored(customer)).toMatchObject({ quantity: "60", credit: "0" });
  });

  test("of a trial gives nothing back and takes nothing", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, MARCH);
    await customer.startTrial();
    const wrong = level(5_000, MARCH);
    await customer.record([wrong]);
    world.setClock(day(MARCH, 14));
    await customer.agree("starter");
    await customer.record([level(12, day(MARCH, 14))]);
    await customer.voidEvent(wrong.idempotencyKey);
    expect(await stored(customer)).toMatchObject({ quantity: "12", credit: "0" });
  });
});

const report = fc.record({
  recorded: fc.integer({ min: 0, max: 61 }),
  ago: fc.integer({ min: 0, max: 34 }),
  gigabytes: fc.integer({ min: 0, max: 50 }),
  /** How many days after it was recorded it is voided, if it is. */
  voidedAfter: fc.option(fc.integer({ min: 0, max: 40 })),
});

test(
  "however late and disordered levels come, and are voided, what they cost is what had been right from the start",
  { timeout: 60_000 },
  async () => {
    // July and August are equally long, so that a byte costs the same in both; nothing is included.
    const JULY = "2026-07-01T00:00:00.000Z";
    const world = await newWorld();
    const first = await newCustomer(world, JULY);
    const { storage, ...meters } = defaultCatalog.professional.meters;
    await publishPlan(first.staff, "professional", {
      ...defaultCatalog.professional,
      meters: { ...meters, storage: { ...storage, included: "0" } },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(report, { minLength: 1, maxLength: 8 }), async (reports) => {
        const customer = await newCustomer(world, JULY, "professional");
        const twin = await newCustomer(world, JULY, "professional");
        const steps: { day: number; at: string; event: ReturnType<typeof level>; does: "record" | "void" }[] = [];
        for (const { recorded, ago, gigabytes, voidedAfter } of reports) {
          const at = day(JULY, Math.max(0, recorded - ago));
          const event = level(gigabytes, at);
          steps.push({ day: recorded, at, event, does: "record" });
          if (voidedAfter !== null) steps.push({ day: Math.min(61, recorded + voidedAfter), at, event, does: "void" });
        }
        const inTime = steps.toSorted((a, b) => a.day - b.day);
        for (const { day: days, event, does } of inTime) {
          world.setClock(after(day(JULY, days), 1));
          await (does === "record" ? customer.record([event]) : customer.voidEvent(event.idempotencyKey));
        }
        const voided = new Set(inTime.filter(({ does }) => does === "void").map(({ event }) => event));
        const kept = inTime
          .filter(({ event, does }) => does === "record" && !voided.has(event))
          .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
        for (const { at, event } of kept) {
          world.setClock(after(at, 1));
          await twin.record([event]);
        }
        world.setClock(day(JULY, 61.5));
        expect(await costOf(customer)).toBe(await costOf(twin));
      }),
      { numRuns: 10 },
    );
  },
);

/** What storage cost in all periods, less what was credited: in units of a billionth of a billionth of a dollar, far above the last digit of the decimals. */
async function costOf(customer: Customer): Promise<bigint> {
  const periods = await Promise.all((await customer.periods()).map(({ start, end }) => stored(customer, start, end)));
  const exactly = (text: string): Exact => parseDecimal(text) ?? zero;
  const cost = sum(periods.flatMap(({ amount, credit }) => [exactly(amount), negate(exactly(credit))]));
  return roundHalfUp(exact(cost.numerator * 10n ** 18n, cost.denominator));
}
