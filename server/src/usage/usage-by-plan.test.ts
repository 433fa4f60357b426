import { describe, expect, test } from "vitest";
import { after, apiCalls, generation, generations, level, newCustomer, task } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS, MINUTE_MS } from "../kernel/clock.ts";
import { START, starter, statuses } from "../../test/starter.ts";

describe("a trial", () => {
  async function trialing() {
    const world = await newWorld();
    const customer = await newCustomer(world, START);
    expect(await customer.startTrial()).toEqual({
      __typename: "Subscription",
      status: "TRIALING",
      trialEndsAt: after(START, 14 * DAY_MS),
    });
    world.setClock(after(START, DAY_MS));
    return { world, customer };
  }
  const TRIAL_END = after(START, 14 * DAY_MS);

  test("is unlimited, costs nothing and marks what it was used for", async () => {
    const { customer } = await trialing();
    const outcomes = await customer.record([
      ...generations(1_000 - 2, { complexity: "T3" }),
      apiCalls(1_000_000_000),
      task(2_000_000_000),
    ]);
    expect(new Set(outcomes.map(({ event }) => `${event!.rating} ${event!.trial} ${event!.amount.amount}`))).toEqual(
      new Set(["TRIAL true 0"]),
    );
    await customer.record([
      ...generations(10, { complexity: "T3", model: "gpt-4" }),
      level(5_000, after(START, DAY_MS)),
    ]);
    const { meters, total } = await customer.usage();
    expect(total.amount).toBe("0.00");
    expect(
      Object.values(meters).map(({ billable, overLimit, amount }) => [billable, overLimit, amount.amount]),
    ).toEqual(Array.from({ length: 4 }, () => ["0", "0", "0"]));
    expect(meters.generations).toMatchObject({ quantity: "1008", included: "1008" });
    expect(Object.values(await customer.quotas()).map(({ limit, limitKind }) => [limit, limitKind])).toEqual(
      Array.from({ length: 4 }, () => [null, "NONE"]),
    );
    expect((await customer.upcoming()).total.amount).toBe("0.00");
  });

  test("ends on Free by itself, at its very end, with a period of its own", async () => {
    const { customer, world } = await trialing();
    await customer.record(generations(50));
    world.setClock(after(TRIAL_END, -1));
    expect(await customer.subscription()).toMatchObject({
      status: "TRIALING",
      plan: { code: "PROFESSIONAL" },
      currentPeriodEnd: TRIAL_END,
    });
    world.setClock(TRIAL_END);
    expect(await customer.subscription()).toMatchObject({
      status: "ACTIVE",
      plan: { code: "FREE" },
      currentPeriodStart: TRIAL_END,
      trialEndsAt: null,
      trialUsed: true,
    });
    expect((await customer.quotas()).generations).toMatchObject({ limit: "10", used: "0" });
    expect((await customer.accept(generation())).trial).toBe(false);
    expect(await customer.startTrial()).toMatchObject({ __typename: "TrialAlreadyUsed" });
  });

  test("stays free for what comes late, and takes no allowance of what follows", async () => {
    const { customer, world } = await trialing();
    await customer.record(generations(20));
    world.setClock(after(TRIAL_END, DAY_MS));
    await customer.agree("starter");
    const late = await customer.record([
      generation({ complexity: "T3", occurredAt: after(TRIAL_END, -1) }),
      apiCalls(50_000, { occurredAt: after(START, DAY_MS) }),
      task(90_000_000, { occurredAt: after(START, DAY_MS) }),
    ]);
    expect(late.map(({ event }) => [event!.late, event!.rating, event!.amount.amount])).toEqual(
      Array.from({ length: 3 }, () => [true, "TRIAL", "0"]),
    );
    const { meters } = await customer.usage();
    expect([meters.generations.quantity, meters.api_calls.quantity, meters.compute.quantity]).toEqual(["0", "0", "0"]);
    expect((await customer.usage(START, TRIAL_END)).meters.generations).toMatchObject({
      quantity: "21",
      billable: "0",
    });
  });

  test("counts usage from before it as its own when that comes late: free", async () => {
    const { customer } = await trialing();
    expect(await customer.accept(generation({ occurredAt: after(START, -DAY_MS) }))).toMatchObject({
      late: true,
      rating: "TRIAL",
    });
  });

  test("reports ahead of its end count on Free", async () => {
    const { customer, world } = await trialing();
    world.setClock(after(TRIAL_END, -MINUTE_MS));
    const ahead = await customer.record(generations(11, { occurredAt: after(TRIAL_END, MINUTE_MS) }));
    expect(ahead.map(({ event }) => event!.rating)).toEqual([
      ...Array.from({ length: 10 }, () => "INCLUDED"),
      "OVER_LIMIT",
    ]);
    world.setClock(after(TRIAL_END, MINUTE_MS));
    expect((await customer.quotas()).generations).toMatchObject({ limit: "10", used: "11", remaining: "0" });
  });
});

describe("past a hard limit", () => {
  test("events are stored, marked and not billed: recording is never refused for a limit", async () => {
    const world = await newWorld();
    const customer = await newCustomer(world, START);
    const outcomes = await customer.record([
      ...generations(12, { complexity: "T3" }),
      apiCalls(1_200),
      task(60_000 + 11 * 60_000),
    ]);
    expect(new Set(statuses(outcomes))).toEqual(new Set(["ACCEPTED"]));
    expect(outcomes.map(({ event }) => event!.rating)).toEqual([
      ...Array.from({ length: 10 }, () => "INCLUDED"),
      ...Array.from({ length: 4 }, () => "OVER_LIMIT"),
    ]);
    const { meters, total } = await customer.usage();
    expect(meters).toMatchObject({
      generations: { quantity: "12", included: "10", billable: "0", overLimit: "2" },
      api_calls: { quantity: "1200", included: "1000", billable: "0", overLimit: "200" },
      compute: { quantity: "11", included: "10", billable: "0", overLimit: "1" },
    });
    expect(total.amount).toBe("0.00");
    expect((await customer.upcoming()).lines).toEqual([]);
    expect((await customer.quotas()).generations).toMatchObject({
      limit: "10",
      used: "12",
      remaining: "0",
      limitKind: "HARD",
    });
  });
});

describe("a failed generation", () => {
  test("is recorded with its cost and bills nothing: no unit, no minutes, no allowance", async () => {
    const { customer } = await starter();
    await customer.record(generations(100));
    const failed = await customer.accept(generation({ complexity: "T3", failed: true, computeTimeMs: 36_000_000 }));
    expect(failed).toMatchObject({ failed: true, rating: "FAILED", amount: { amount: "0" }, ratings: [] });
    expect((await customer.usage()).meters).toMatchObject({
      generations: { quantity: "100" },
      compute: { quantity: "0" },
    });
    const { organization } = await customer.staff.get(
      `query($id: ID!) { organization(id: $id) { usageEvents(first: 1) { nodes { cost { amount } } } } }`,
      { id: customer.id },
    );
    expect(organization.usageEvents.nodes).toEqual([{ cost: { amount: "0.11" } }]);
  });
});
