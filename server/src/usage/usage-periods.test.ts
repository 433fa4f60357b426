import { describe, expect, test } from "vitest";
import { after, apiCalls, generation, generations, newCustomer } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS, MINUTE_MS } from "../kernel/clock.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { NOW, START, starter, statuses } from "../../test/starter.ts";

describe("an event is taken up to 35 days back and 5 minutes ahead", () => {
  test.each([
    { offset: -35 * DAY_MS, status: "ACCEPTED", reason: "", why: "exactly 35 days ago" },
    { offset: -35 * DAY_MS - 1, status: "REJECTED", reason: "more than 35 days ago", why: "a millisecond earlier" },
    { offset: 5 * MINUTE_MS, status: "ACCEPTED", reason: "", why: "exactly 5 minutes ahead" },
    { offset: 5 * MINUTE_MS + 1, status: "REJECTED", reason: "more than 5 minutes ahead", why: "a millisecond later" },
  ])("$status: $why", async ({ offset, status, reason }) => {
    const { customer } = await starter();
    const [outcome] = await customer.record([generation({ occurredAt: after(NOW, offset) })]);
    expect(outcome!.status).toBe(status);
    expect(outcome!.reason ?? "").toContain(reason);
  });

  test("one that is refused for its time leaves nothing behind, not even a period to come", async () => {
    const { customer } = await starter("2026-03-31T23:00:00.000Z");
    const event = generation({ occurredAt: "2031-01-01T00:00:00Z" });
    expect(statuses(await customer.record([event]))).toEqual(["REJECTED"]);
    const periods = await inPlatformTransaction(customer.world.platform.pool, (sql) =>
      sql("select from billing_periods where organization_id = $1", [customer.id]),
    );
    expect(periods).toHaveLength(1);
    expect((await customer.usage()).meters.generations.quantity).toBe("0");
  });

  test("a duplicate that has grown too old is a duplicate still", async () => {
    const { customer, world } = await starter();
    const event = generation({ occurredAt: NOW });
    await customer.accept(event);
    world.setClock(after(NOW, 100 * DAY_MS));
    expect(statuses(await customer.record([event]))).toEqual(["DUPLICATE"]);
  });
});

describe("an event counts in the period that holds it", () => {
  const END = "2026-04-01T00:00:00.000Z";

  test("the last millisecond is in, the exact end belongs to the next period", async () => {
    const { customer, world } = await starter(after(END, -MINUTE_MS));
    await customer.record([generation({ occurredAt: after(END, -1) }), generation({ occurredAt: END })]);
    expect((await customer.usage()).meters.generations.quantity).toBe("1");
    world.setClock(END);
    expect(await customer.usage()).toMatchObject({ periodStart: END, meters: { generations: { quantity: "1" } } });
    expect((await customer.usage(START, END)).meters.generations.quantity).toBe("1");
  });

  test("one from just ahead that lies in the next period takes the next allowance, not this one", async () => {
    const { customer, world } = await starter(after(END, -2 * MINUTE_MS));
    await customer.record(generations(100));
    const ahead = await customer.record(generations(3, { complexity: "T3", occurredAt: after(END, MINUTE_MS) }));
    expect(ahead.map(({ event }) => event!.rating)).toEqual(["INCLUDED", "INCLUDED", "INCLUDED"]);
    const here = await customer.accept(generation({ complexity: "T2" }));
    expect(here).toMatchObject({ rating: "BILLABLE", amount: { amount: "0.5" } });

    world.setClock(after(END, MINUTE_MS));
    expect((await customer.quotas()).generations).toMatchObject({ used: "3", remaining: "97" });
    await customer.record(generations(98));
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "101",
      included: "100",
      billable: "1",
    });
    expect((await customer.usage(START, END)).meters.generations).toMatchObject({
      quantity: "101",
      included: "100",
      billable: "1",
      amount: { amount: "0.5" },
    });
    expect((await customer.periods()).map(({ start, open }) => [start, open])).toEqual([
      [END, true],
      [START, false],
    ]);
  });

  test("one from just ahead is rated again by the plan that it came under, though another began its period", async () => {
    const customer = await newCustomer(await newWorld(), START, "starter");
    customer.world.setClock(after(END, -MINUTE_MS));
    const [first, ...others] = generations(12, { occurredAt: after(END, MINUTE_MS) });
    await customer.record([first!, ...others]);
    customer.world.setClock(after(END, -MINUTE_MS + 1));
    await customer.agree("free");
    await customer.voidEvent(first!.idempotencyKey);
    const { meters } = await customer.usage();
    expect(meters.generations).toMatchObject({ quantity: "11", included: "11", overLimit: "0" });
    // What comes now comes under Free, of whose ten these are the twelfth and more.
    const [late] = await customer.record([generation()]);
    expect(late?.event?.rating).toBe("OVER_LIMIT");
    await customer.voidEvent(others[0]!.idempotencyKey);
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "11",
      included: "10",
      overLimit: "1",
    });
  });

  test("a change of plan takes along what was reported ahead of it", async () => {
    const { customer, world } = await starter(after(END, -4 * MINUTE_MS));
    await customer.accept(generation({ occurredAt: after(END, MINUTE_MS / 2) }));
    world.setClock(after(END, -2 * MINUTE_MS));
    await customer.agree("professional");
    expect((await customer.usage()).meters.generations.quantity).toBe("1");
    expect((await customer.periods()).map(({ open }) => open)).toEqual([true, false]);
  });

  test("one that comes after its period is closed is billed in the open one, and marked late", async () => {
    const { customer, world } = await starter();
    await customer.record(generations(40));
    world.setClock(after(END, DAY_MS));
    const closed = await customer.usage(START, END);
    await customer.record(generations(100, { complexity: "T0" }));
    const late = await customer.accept(generation({ complexity: "T3", occurredAt: after(END, -1) }));
    expect(late).toMatchObject({ late: true, rating: "BILLABLE", amount: { amount: "1" } });
    expect((await customer.usage()).meters.generations).toMatchObject({ quantity: "101", billable: "1" });
    expect(await customer.usage(START, END)).toEqual(closed);
    expect((await customer.upcoming()).lines.find(({ meter }) => meter === "generations")!.amount.amount).toBe("1.00");
    expect((await customer.events({ late: true })).map(({ id }) => id)).toEqual([late.id]);
  });

  test("one from before the organization existed counts in its first period, and is marked late", async () => {
    const { customer } = await starter(START);
    const early = await customer.record([
      generation({ occurredAt: after(START, -DAY_MS) }),
      apiCalls(5, { occurredAt: after(START, -1) }),
      generation({ occurredAt: START }),
    ]);
    expect(early.map(({ event }) => event!.late)).toEqual([true, true, false]);
    expect((await customer.usage()).meters).toMatchObject({
      generations: { quantity: "2" },
      api_calls: { quantity: "5" },
    });
  });
});
