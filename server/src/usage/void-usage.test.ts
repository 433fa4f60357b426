import { describe, expect, test } from "vitest";
import {
  after,
  apiCalls,
  generation,
  generations,
  newCustomer,
  type RecordedEvent,
  task,
} from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { MINUTE_MS } from "../kernel/clock.ts";
import { NOW, START, starter } from "../../test/starter.ts";

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
