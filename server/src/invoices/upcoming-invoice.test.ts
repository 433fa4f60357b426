import { describe, expect, test } from "vitest";
import { after, apiCalls, generation, generations, level, newCustomer, task } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { exact, negate, parseDecimal, subtract, sum, toDecimal, zero } from "../kernel/exact.ts";
import { NANOS_PER_MINOR } from "../kernel/money.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { MeterSummary } from "../usage/meter-summary.ts";
import { totalMinor, upcomingLines } from "./upcoming-invoice.ts";

const nothing = (meter: MeterCode): MeterSummary => ({
  meter,
  quantity: zero,
  included: zero,
  billable: zero,
  overLimit: zero,
  amount: zero,
  credit: zero,
  estimated: false,
  currentBytes: null,
  byComplexity: [],
});
/** A tenth of a cent, so many times. */
const mills = (count: bigint) => exact(count * (NANOS_PER_MINOR / 10n));

describe("the lines of an invoice", () => {
  test("are the fee to come, one line for each meter that bills, and credits", () => {
    const lines = upcomingLines({
      planName: "Starter",
      nextFeeMinor: 9_900n,
      meters: [
        { ...nothing("generations"), billable: exact(3n), amount: mills(1_500n) },
        { ...nothing("api_calls"), quantity: exact(50n), included: exact(50n) },
        { ...nothing("storage"), billable: exact(1n, 3n), amount: exact(mills(100n).numerator, 3n), estimated: true },
        { ...nothing("compute"), credit: mills(25n) },
      ],
    });
    expect(
      lines.map(({ kind, meter, quantity, amountMinor, estimated }) => [
        kind,
        meter,
        toDecimal(quantity),
        amountMinor,
        estimated,
      ]),
    ).toEqual([
      ["FEE", null, "1", 9_900n, false],
      ["USAGE", "generations", "3", 150n, false],
      ["USAGE", "storage", "0.3333333333333333333333333333", 3n, true],
      ["CREDIT", "compute", "1", -2n, false],
    ]);
    expect(totalMinor(lines)).toBe(10_051n);
  });

  test.each([
    { why: "there is no fee where Free follows", nextFeeMinor: null },
    { why: "nor where the plan costs nothing", nextFeeMinor: 0n },
  ])("$why", ({ nextFeeMinor }) => {
    expect(upcomingLines({ planName: "Free", nextFeeMinor, meters: [nothing("generations")] })).toEqual([]);
  });

  test("are rounded one by one, and keep what rounding changed", () => {
    const meters = (["generations", "api_calls", "compute"] as const).map((meter) => ({
      ...nothing(meter),
      billable: exact(1n),
      amount: mills(5n),
    }));
    const lines = upcomingLines({ planName: "Starter", nextFeeMinor: null, meters });
    expect(lines.map(({ amountMinor }) => amountMinor)).toEqual([1n, 1n, 1n]);
    expect(totalMinor(lines)).toBe(3n);
    expect(lines.map(({ roundingNanos }) => roundingNanos)).toEqual([mills(5n), mills(5n), mills(5n)]);
    for (const { amountMinor, exactNanos, roundingNanos } of lines) {
      expect(subtract(exact(amountMinor * NANOS_PER_MINOR), roundingNanos)).toEqual(exactNanos);
    }
  });

  test("round a credit of half a cent up, to nothing", () => {
    const [line] = upcomingLines({
      planName: "Starter",
      nextFeeMinor: null,
      meters: [{ ...nothing("compute"), credit: mills(5n) }],
    });
    expect(line).toMatchObject({ kind: "CREDIT", amountMinor: 0n, exactNanos: negate(mills(5n)) });
  });
});

describe("the upcoming invoice", () => {
  const MARCH = "2026-03-01T00:00:00.000Z";

  test("opens to the events that each line is made of, and they add up to it", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, MARCH, "starter");
    world.setClock(after(MARCH, DAY_MS));
    await customer.record([
      ...generations(101),
      generation({ complexity: "T3", model: "claude-3-opus", computeTimeMs: 60_000 + 101 * 60_000 }),
      generation({ failed: true }),
      apiCalls(9_999),
      apiCalls(4),
      apiCalls(7),
      task(60_000 + 90_000),
      level(15, MARCH),
    ]);
    const { organization } = await customer.owner
      .get(`{ organization { upcomingInvoice { periodStart periodEnd dueAt total { amount } lines { kind meter exactAmount { amount }
      usageEvents(first: 100) { nodes { amount { amount } ratings { meter amount { amount } } } pageInfo { hasNextPage } } } } } }`);
    const { lines, total, ...rest } = organization.upcomingInvoice;
    expect(rest).toEqual({
      periodStart: MARCH,
      periodEnd: "2026-04-01T00:00:00.000Z",
      dueAt: "2026-04-01T00:00:00.000Z",
    });
    expect(total.amount).toBe("101.89");
    expect(
      lines.map(({ kind, meter, exactAmount, usageEvents }: any) => [
        kind,
        meter,
        exactAmount.amount,
        usageEvents?.nodes.length ?? null,
      ]),
    ).toEqual([
      ["FEE", null, "99", null],
      ["USAGE", "generations", "2.25", 2],
      ["USAGE", "api_calls", "0.01", 2],
      ["USAGE", "storage", "0.5", 1],
      ["USAGE", "compute", "0.125", 2],
    ]);
    for (const { meter, exactAmount, usageEvents } of lines.filter(
      (line: any) => line.kind === "USAGE" && line.meter !== "storage",
    )) {
      const parts = usageEvents.nodes
        .flatMap(({ ratings }: any) => ratings)
        .filter((rating: any) => rating.meter === meter);
      expect(toDecimal(sum(parts.map(({ amount }: any) => parseDecimal(amount.amount) ?? zero)))).toBe(
        exactAmount.amount,
      );
    }
  });

  test("charges the agreed fee, and none where Free follows", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, MARCH);
    expect((await customer.upcoming()).lines).toEqual([]);
    await customer.startTrial();
    expect(await customer.upcoming()).toMatchObject({ lines: [], total: { amount: "0.00" } });
    await customer.agree("enterprise", "3200.50");
    expect(await customer.upcoming()).toMatchObject({
      lines: [{ kind: "FEE", amount: { amount: "3200.50" } }],
      total: { amount: "3200.50" },
    });
  });

  test("is for those who see bills: not for a member's key without billing", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, MARCH);
    const { errors } = await customer.key.ask(`{ organization { upcomingInvoice { total { amount } } } }`);
    expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
    const billing = await world.apiKey(customer.owner, ["billing:read", "usage:read"]);
    expect(
      (await billing.get(`{ organization { upcomingInvoice { total { amount } } } }`)).organization.upcomingInvoice
        .total.amount,
    ).toBe("0.00");
  });
});
