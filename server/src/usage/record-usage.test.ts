import { describe, expect, test } from "vitest";
import { after, generation, generations, newCustomer } from "../../test/customer.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { NOW, starter, statuses } from "../../test/starter.ts";

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
