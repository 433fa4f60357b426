import { describe, expect, test } from "vitest";
import { after, apiCalls, generation, generations, level, newCustomer, task } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS, MINUTE_MS } from "../kernel/clock.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";

const START = "2026-03-01T00:00:00.000Z";
const NOW = "2026-03-15T12:00:00.000Z";
const statuses = (outcomes: readonly { status: string }[]): string[] => outcomes.map(({ status }) => status);

/** A customer on Starter in the middle of its first period. */
async function starter(now = NOW) {
  const world = await newWorld();
  const customer = await newCustomer(world, START, "starter");
  world.setClock(now);
  return { world, customer };
}

describe("an event is accepted once", () => {
  test("the same again in one call is a duplicate, other content a conflict, and outcomes keep the order of the input", async () => {
    const { customer } = await starter();
    const one = generation({ complexity: "T0" });
    const outcomes = await customer.record([one, generation(), one, { ...one, complexity: "T3" }, one, generation()]);
    expect(statuses(outcomes)).toEqual(["ACCEPTED", "ACCEPTED", "DUPLICATE", "CONFLICT", "DUPLICATE", "ACCEPTED"]);
    expect(outcomes[3]!.reason).toContain("other content");
    expect(outcomes[2]!.event!.id).toBe(outcomes[0]!.event!.id);
    expect((await customer.usage()).meters.generations.quantity).toBe("3");
  });

  test("a later call with the same keys changes nothing and answers with the events that stand", async () => {
    const { customer, world } = await starter();
    const events = generations(3);
    const first = await customer.record(events);
    const before = await customer.usage();
    world.setClock(after(NOW, 40 * DAY_MS - 1));
    const again = await customer.record([...events, { ...events[1]!, complexity: "T2" }]);
    expect(statuses(again)).toEqual(["DUPLICATE", "DUPLICATE", "DUPLICATE", "CONFLICT"]);
    expect(again.map(({ event }) => event?.id)).toEqual([...first.map(({ event }) => event?.id), first[1]!.event!.id]);
    expect(again[3]!.event!.ratings).toEqual(first[1]!.event!.ratings);
    expect((await customer.usage(before.periodStart, before.periodEnd)).meters.generations).toEqual(
      before.meters.generations,
    );
  });

  test("a retry that left out occurredAt is the same again, whenever it comes", async () => {
    const { customer, world } = await starter();
    const event = generation();
    await customer.accept(event);
    world.setClock(after(NOW, 3 * DAY_MS));
    expect(statuses(await customer.record([event]))).toEqual(["DUPLICATE"]);
    expect(statuses(await customer.record([{ ...event, occurredAt: NOW }]))).toEqual(["CONFLICT"]);
  });

  test("metadata with its names in another order is the same content", async () => {
    const { customer } = await starter();
    const event = generation({ metadata: { a: [1, { b: 2, c: 3 }], d: "x" } });
    await customer.accept(event);
    expect(statuses(await customer.record([{ ...event, metadata: { d: "x", a: [1, { c: 3, b: 2 }] } }]))).toEqual([
      "DUPLICATE",
    ]);
    expect(statuses(await customer.record([{ ...event, metadata: { d: "x", a: [{ c: 3, b: 2 }, 1] } }]))).toEqual([
      "CONFLICT",
    ]);
  });

  test("sent a hundred times at once it is accepted once", async () => {
    const { customer } = await starter();
    const event = generation();
    const answers = await Promise.all(Array.from({ length: 100 }, () => customer.record([event])));
    const all = statuses(answers.flat());
    expect(all.filter((status) => status === "ACCEPTED")).toHaveLength(1);
    expect(all.filter((status) => status === "DUPLICATE")).toHaveLength(99);
    expect((await customer.usage()).meters.generations.quantity).toBe("1");
    expect(await customer.events()).toHaveLength(1);
  });

  test("overlapping batches at once lose nothing and count nothing twice", async () => {
    const { customer } = await starter();
    const events = generations(60);
    const batches = Array.from({ length: 12 }, (_, index) =>
      [...events.slice(index * 5), ...events.slice(0, index * 5)].slice(0, 40),
    );
    const outcomes = (await Promise.all(batches.map((batch) => customer.record(batch)))).flat();
    expect(outcomes.filter(({ status }) => status === "ACCEPTED")).toHaveLength(60);
    expect(outcomes.filter(({ status }) => status === "DUPLICATE")).toHaveLength(12 * 40 - 60);
    expect((await customer.usage()).meters.generations).toMatchObject({ quantity: "60", included: "60" });
  });

  test("the allowance is used up in the order of acceptance, also when many call at once", async () => {
    const { customer } = await starter();
    const batches = Array.from({ length: 10 }, () => generations(13, { complexity: "T3" }));
    await Promise.all(batches.map((batch) => customer.record(batch)));
    const events = (await customer.events()).toReversed();
    expect(events.map(({ rating }) => rating)).toEqual([
      ...Array.from({ length: 100 }, () => "INCLUDED"),
      ...Array.from({ length: 30 }, () => "BILLABLE"),
    ]);
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "130",
      included: "100",
      billable: "30",
      amount: { amount: "30" },
    });
  });

  test("two organizations may use the same key for events of their own", async () => {
    const { world, customer } = await starter();
    const other = await newCustomer(world, NOW);
    const event = generation();
    const [own, others] = [await customer.accept(event), await other.accept({ ...event, complexity: "T3" })];
    expect(own.id).not.toBe(others.id);
  });
});

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

describe("an event that is not right is refused on its own, with words that say why", () => {
  test.each([
    { why: "no key", event: { idempotencyKey: "" }, words: /idempotencyKey must not be empty/ },
    { why: "a blank key", event: { idempotencyKey: "  " }, words: /idempotencyKey must not be empty/ },
    { why: "a long key", event: { idempotencyKey: "k".repeat(256) }, words: /255 characters/ },
    {
      why: "a long key whose end would be cut in the middle of a character",
      event: { idempotencyKey: `${"k".repeat(254)}😀` },
      words: /255 characters/,
    },
    { why: "no complexity", event: { complexity: null }, words: /needs its complexity/ },
    { why: "bytes of a generation", event: { storageBytes: "5" }, words: /storageBytes belongs to STORAGE/ },
    { why: "no bytes of a level", event: { action: "STORAGE" }, words: /STORAGE needs storageBytes/ },
    {
      why: "a level below zero",
      event: { action: "STORAGE", storageBytes: "-1" },
      words: /storageBytes must be from 0/,
    },
    {
      why: "a level past 64 bits",
      event: { action: "STORAGE", storageBytes: "9999999999999999999" },
      words: /storageBytes must be from 0/,
    },
    {
      why: "a part of a call",
      event: { action: "API_CALL", quantity: "0.5" },
      words: /quantity must be a whole number/,
    },
    { why: "no calls", event: { action: "API_CALL", quantity: "0" }, words: /quantity must be from 1/ },
    {
      why: "more calls than anybody makes",
      event: { action: "API_CALL", quantity: "9".repeat(30) },
      words: /quantity must be from 1 to/,
    },
    { why: "two generations", event: { quantity: "2" }, words: /quantity belongs to API_CALL/ },
    { why: "negative compute time", event: { computeTimeMs: -1 }, words: /computeTimeMs must be zero or more/ },
    {
      why: "compute time of calls",
      event: { action: "API_CALL", complexity: null, computeTimeMs: 5 },
      words: /computeTimeMs belongs to/,
    },
    { why: "negative tokens", event: { tokensUsed: -5 }, words: /tokensUsed must be zero or more/ },
    { why: "a failed export", event: { action: "EXPORT", failed: true }, words: /failed belongs to GENERATION/ },
    { why: "an empty model", event: { model: "" }, words: /model must have from 1/ },
    { why: "a long user", event: { userId: "u".repeat(201) }, words: /userId must have/ },
    { why: "a long project", event: { projectId: "p".repeat(201) }, words: /projectId must have/ },
    { why: "a negative cost", event: { cost: "-1" }, words: /cost must be from 0/ },
    { why: "too fine a cost", event: { cost: "0.000000000001" }, words: /at most 11 places/ },
    { why: "metadata that is a list", event: { metadata: [] }, words: /metadata must be a JSON object/ },
    { why: "metadata that is a number", event: { metadata: 5 }, words: /metadata must be a JSON object/ },
    { why: "long metadata", event: { metadata: { text: "x".repeat(8_200) } }, words: /metadata may have 8192/ },
    { why: "an instant too long ago", event: { occurredAt: "2025-01-01T00:00:00Z" }, words: /more than 35 days ago/ },
  ])("$why", async ({ event, words }) => {
    const { customer } = await starter();
    const wrong = generation(event);
    const outcomes = await customer.record([generation(), wrong, generation()]);
    expect(statuses(outcomes)).toEqual(["ACCEPTED", "REJECTED", "ACCEPTED"]);
    expect(outcomes[1]).toMatchObject({
      idempotencyKey: wrong.idempotencyKey,
      reason: expect.stringMatching(words),
      event: null,
    });
    expect(await customer.events()).toHaveLength(2);
    expect((await customer.usage()).meters.generations.quantity).toBe("2");

    const { organization } = await customer.owner.get(
      `{ organization { rejectedUsage { nodes { idempotencyKey status reason keyPrefix } } } }`,
    );
    expect(organization.rejectedUsage.nodes).toEqual([
      {
        idempotencyKey: expect.stringContaining(wrong.idempotencyKey.slice(0, 250)),
        status: "REJECTED",
        reason: outcomes[1]!.reason,
        keyPrefix: expect.stringMatching(/^qlp_/),
      },
    ]);
  });

  test("its key may be used again", async () => {
    const { customer } = await starter();
    const wrong = generation({ complexity: null });
    expect(statuses(await customer.record([wrong, wrong]))).toEqual(["REJECTED", "REJECTED"]);
    expect(statuses(await customer.record([{ ...wrong, complexity: "T2" }]))).toEqual(["ACCEPTED"]);
  });

  test("the counts of the call say what became of it", async () => {
    const { customer } = await starter();
    const one = generation();
    const { data } = await customer.send([
      one,
      one,
      { ...one, complexity: "T3" },
      generation({ complexity: null }),
      generation(),
    ]);
    expect(data.recordUsage).toMatchObject({ accepted: 2, duplicates: 1, rejected: 2 });
  });
});

describe("a call", () => {
  test("takes a thousand events, and no more, and not none", async () => {
    const { customer } = await starter();
    expect(new Set(statuses(await customer.record(generations(1_000))))).toEqual(new Set(["ACCEPTED"]));
    for (const events of [generations(1_001), []]) {
      const { data, errors } = await customer.send(events);
      expect(data?.recordUsage ?? null).toBeNull();
      expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    }
    expect((await customer.usage()).meters.generations.quantity).toBe("1000");
  });

  test("with a service key names the organization, and sees how its events are rated", async () => {
    const { customer, world } = await starter();
    const service = await world.serviceKey();
    const record = `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { outcomes { status event { idempotencyKey rating amount { amount } organization { id } ratings { meter allowance included } } } } }`;
    const event = generation();
    for (const status of ["ACCEPTED", "DUPLICATE"]) {
      const { data, errors } = await service.ask(record, { input: { organizationId: customer.id, events: [event] } });
      expect(errors).toBeUndefined();
      expect(data.recordUsage.outcomes).toEqual([
        {
          status,
          event: {
            idempotencyKey: event.idempotencyKey,
            rating: "INCLUDED",
            amount: { amount: "0" },
            organization: { id: customer.id },
            ratings: [{ meter: "generations", allowance: "100", included: "1" }],
          },
        },
      ]);
    }
    expect((await service.ask(record, { input: { events: [generation()] } })).errors![0]!.extensions.code).toBe(
      "BAD_USER_INPUT",
    );
  });

  test("for an organization that does not exist, or is another's, finds none", async () => {
    const { customer, world } = await starter();
    const other = await newCustomer(world, NOW);
    const record = `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted } }`;
    const service = await world.serviceKey();
    for (const [asker, organizationId] of [
      [service, "01920000-0000-7000-8000-000000000000"],
      [service, "nobody"],
      [customer.key, other.id],
      [other.key, customer.id],
    ] as const) {
      const { errors } = await asker.ask(record, { input: { organizationId, events: [generation()] } });
      expect(errors![0]!.extensions.code).toBe("NOT_FOUND");
    }
    expect((await customer.usage()).meters.generations.quantity).toBe("0");
  });

  test("to two organizations in one operation keeps them apart", async () => {
    const { customer, world } = await starter();
    const other = await newCustomer(world, NOW);
    const service = await world.serviceKey();
    const { data, errors } = await service.ask(
      `mutation($a: RecordUsageInput!, $b: RecordUsageInput!) {
        a: recordUsage(input: $a) { outcomes { status event { organization { id } ratings { allowance } } } }
        b: recordUsage(input: $b) { outcomes { status event { organization { id } ratings { allowance } } } }
      }`,
      {
        a: { organizationId: customer.id, events: [generation()] },
        b: { organizationId: other.id, events: [generation()] },
      },
    );
    expect(errors).toBeUndefined();
    expect(data.a.outcomes).toEqual([
      { status: "ACCEPTED", event: { organization: { id: customer.id }, ratings: [{ allowance: "100" }] } },
    ]);
    expect(data.b.outcomes).toEqual([
      { status: "ACCEPTED", event: { organization: { id: other.id }, ratings: [{ allowance: "10" }] } },
    ]);
  });

  test("keeps what was said, to the letter", async () => {
    const { customer } = await starter();
    const said = {
      idempotencyKey: `{"a",NULL}\\ \n\t'quoted' 😀 ${crypto.randomUUID()}`,
      model: `gpt "4"\\`,
      userId: "NULL",
      projectId: "{a,b}",
      metadata: { "": null, a: [1, '\\"', { b: "}{,\u2028" }], ü: true, ["constructor_"]: 0.1 },
      tokensUsed: 2_147_483_647,
      computeTimeMs: 0,
    };
    await customer.accept(generation(said));
    const { organization } = await customer.owner.get(
      `{ organization { usageEvents { nodes { idempotencyKey model userId projectId metadata tokensUsed computeTimeMs occurredAt recordedAt } } } }`,
    );
    expect(organization.usageEvents.nodes).toEqual([{ ...said, occurredAt: NOW, recordedAt: NOW }]);
  });
});
