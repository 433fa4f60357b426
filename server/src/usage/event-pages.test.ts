import { describe, expect, test } from "vitest";
import { after, apiCalls, generation, generations, level, newCustomer, task } from "../../test/customer.ts";
import { type Asker, newWorld } from "../../test/world.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";

const MARCH = "2026-03-01T00:00:00.000Z";
const APRIL = "2026-04-01T00:00:00.000Z";

async function starter() {
  const world = await newWorld();
  return { world, customer: await newCustomer(world, MARCH, "starter") };
}

const cursor = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

describe("pages of usage events", () => {
  test("show the newest by acceptance first, each event once, whatever the size of the page", async () => {
    const { customer, world } = await starter();
    world.setClock(after(MARCH, 10 * DAY_MS));
    const keys: string[] = [];
    for (let batch = 0; batch < 3; batch += 1) {
      const events = generations(9, { occurredAt: after(MARCH, (9 - batch) * DAY_MS) });
      await customer.record(events);
      keys.push(...events.map(({ idempotencyKey }) => idempotencyKey));
    }
    for (const size of [1, 4, 9, 27, 100]) {
      expect((await customer.events(null, size)).map(({ idempotencyKey }) => idempotencyKey)).toEqual(
        keys.toReversed(),
      );
    }
  });

  test("say where they lie", async () => {
    const { customer } = await starter();
    await customer.record(generations(3));
    const page = (first: number | null, from: string | null) =>
      customer.owner
        .get(
          `query($first: Int, $after: String) { organization { usageEvents(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
          { first, after: from },
        )
        .then(({ organization }) => organization.usageEvents);
    const first = await page(2, null);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page(2, first.pageInfo.endCursor);
    expect(second.nodes).toHaveLength(1);
    expect(second.pageInfo).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: second.pageInfo.endCursor,
    });
    expect(await page(null, second.pageInfo.endCursor)).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  test("stay put while new events come in", async () => {
    const { customer } = await starter();
    await customer.record(generations(4));
    const query = `query($after: String) { organization { usageEvents(first: 2, after: $after) { nodes { id } pageInfo { endCursor } } } }`;
    const before = (await customer.owner.get(query)).organization.usageEvents;
    const next = async () =>
      (await customer.owner.get(query, { after: before.pageInfo.endCursor })).organization.usageEvents.nodes;
    const rest = await next();
    await customer.record(generations(5));
    expect(await next()).toEqual(rest);
  });

  test.each([
    { after: "" },
    { after: "!!!" },
    { after: "ÿ".repeat(10) },
    { after: cursor([]) },
    { after: cursor(["1", "2"]) },
    { after: cursor([1]) },
    { after: cursor({ 0: "1" }) },
    { after: cursor(["x"]) },
    { after: cursor(["-1"]) },
    { after: cursor(["9".repeat(40)]) },
    { after: cursor(["1'; drop table usage_events; --"]) },
    { after: cursor(["\u0000"]) },
    { after: cursor(null) },
    { after: "x".repeat(10_000) },
  ])("refuse the cursor $after, which they never gave", async ({ after: given }) => {
    const { customer } = await starter();
    for (const field of ["usageEvents", "rejectedUsage"]) {
      const { errors } = await customer.owner.ask(
        `query($after: String) { organization { ${field}(after: $after) { nodes { id } } } }`,
        { after: given },
      );
      expect(errors![0]).toMatchObject({
        message: expect.stringContaining("cursor"),
        extensions: { code: "BAD_USER_INPUT" },
      });
    }
    const { errors } = await customer.staff.ask(
      `query($after: String) { organizations(after: $after) { nodes { id } } }`,
      { after: given },
    );
    expect(errors?.[0]?.extensions.code ?? "BAD_USER_INPUT").toBe("BAD_USER_INPUT");
  });

  test("of another list's cursors, none is a fault", async () => {
    const { customer } = await starter();
    for (const key of [
      ["\u0000", "\u0000"],
      ["", ""],
      ["x", "not an id"],
      ["\ud800", "x"],
      ["9".repeat(500), "z"],
    ]) {
      for (const sort of ["NAME", "CREATED_AT", "PLAN", "OVERAGE"]) {
        const { errors } = await customer.staff.ask(
          `query($after: String, $sort: OrganizationSort) { organizations(after: $after, sort: $sort, first: 1) { nodes { id } } }`,
          { after: cursor(key), sort },
        );
        expect(errors?.[0]?.extensions.code ?? "BAD_USER_INPUT").toBe("BAD_USER_INPUT");
      }
    }
  });

  test.each([0, -1, 101, 2_147_483_647])("refuse a size of %i", async (first) => {
    const { customer } = await starter();
    const { errors } = await customer.owner.ask(
      `query($first: Int) { organization { usageEvents(first: $first) { nodes { id } } } }`,
      { first },
    );
    expect(errors![0]).toMatchObject({
      message: expect.stringContaining("1 to 100"),
      extensions: { code: "BAD_USER_INPUT" },
    });
  });
});

describe("filters of usage events", () => {
  /** One of each kind, by name. */
  async function oneOfEach() {
    const { customer, world } = await starter();
    await customer.record(
      generations(98, { occurredAt: MARCH }).map((event, index) => ({ ...event, idempotencyKey: `plain-${index}` })),
    );
    world.setClock(after(MARCH, DAY_MS));
    const named = (idempotencyKey: string, change: object) => ({ ...generation(), idempotencyKey, ...change });
    await customer.record([
      named("simple", { complexity: "T0" }),
      named("broken", { complexity: "T3", failed: true }),
      named("long", { complexity: "T2", computeTimeMs: 60_000 + 100 * 60_000 }),
      named("past", { complexity: "T3" }),
      named("wrong", { complexity: "T3" }),
      { ...task(61_000), idempotencyKey: "check" },
      { ...apiCalls(10_000), idempotencyKey: "calls%" },
      { ...apiCalls(1), idempotencyKey: "calls_1" },
      { ...level(5, after(MARCH, DAY_MS)), idempotencyKey: "level" },
    ]);
    await customer.voidEvent("wrong");
    world.setClock(after(APRIL, HOUR_MS));
    await customer.record([named("late", { complexity: "T1", occurredAt: after(MARCH, 12 * HOUR_MS) })]);
    return customer;
  }
  let made: ReturnType<typeof oneOfEach> | null = null;

  test.each<{ filter: object; keys: string[]; why: string }>([
    { filter: { action: "VALIDATION" }, keys: ["check"], why: "an action" },
    { filter: { complexity: "T2" }, keys: ["long"], why: "a complexity" },
    { filter: { late: true }, keys: ["late"], why: "what came late" },
    { filter: { rating: "FAILED" }, keys: ["broken"], why: "what failed" },
    { filter: { rating: "VOIDED" }, keys: ["wrong"], why: "what was voided" },
    { filter: { rating: "BILLABLE" }, keys: ["past", "check", "calls_1"], why: "what is billed" },
    { filter: { rating: "OVER_LIMIT" }, keys: [], why: "what is past a hard limit" },
    { filter: { rating: "TRIAL" }, keys: [], why: "what was tried" },
    { filter: { rating: "INCLUDED", action: "STORAGE" }, keys: ["level"], why: "two conditions, both of them" },
    { filter: { meter: "generations" }, keys: ["past", "wrong"], why: "the line of a meter, with what was on it" },
    { filter: { meter: "compute" }, keys: ["check"], why: "the line of minutes" },
    { filter: { meter: "api_calls" }, keys: ["calls_1"], why: "the line of calls" },
    { filter: { meter: "storage" }, keys: ["level"], why: "the levels" },
    { filter: { search: "calls" }, keys: ["calls%", "calls_1"], why: "the start of a key" },
    { filter: { search: "calls_" }, keys: ["calls_1"], why: "the start of a key to the letter: _ stands for itself" },
    { filter: { search: "alls" }, keys: [], why: "not the middle of a key" },
    {
      filter: { from: after(MARCH, DAY_MS), action: "GENERATION" },
      keys: ["simple", "broken", "long", "past", "wrong"],
      why: "what occurred at or after",
    },
    { filter: { from: after(MARCH, 1), to: after(MARCH, DAY_MS) }, keys: ["late"], why: "what occurred before" },
    { filter: { complexity: null, action: "EXPORT", search: "" }, keys: [], why: "null is no condition" },
  ])("leave $why", async ({ filter, keys }) => {
    made ??= oneOfEach();
    const customer = await made;
    const found = (await customer.events(filter))
      .map(({ idempotencyKey }) => idempotencyKey)
      .filter((key) => !key.startsWith("plain"));
    expect(found.toReversed()).toEqual(keys);
  });

  test("refuse a meter that there is not", async () => {
    const { customer } = await starter();
    const { errors } = await customer.owner.ask(
      `{ organization { usageEvents(filter: { meter: "bandwidth" }) { nodes { id } } } }`,
    );
    expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
  });
});

test("one event is found by its id, of the organization that is asked only", async () => {
  const { customer, world } = await starter();
  const other = await newCustomer(world, MARCH);
  const { id } = await customer.accept(generation());
  const query = `query($organization: ID, $id: ID!) { organization(id: $organization) { usageEvent(id: $id) { id organization { id } } } }`;
  expect((await customer.owner.get(query, { id })).organization.usageEvent).toEqual({
    id,
    organization: { id: customer.id },
  });
  for (const [asker, variables] of [
    [other.owner, { id }],
    [customer.staff, { organization: other.id, id }],
    [customer.owner, { id: "x" }],
    [customer.owner, { id: customer.id }],
  ] as const) {
    expect((await asker.ask(query, variables)).errors![0]!.extensions.code).toBe("NOT_FOUND");
  }
});

test("an event names the key that reported it, also one of QLP's services", async () => {
  const { customer, world } = await starter();
  const service = await world.serviceKey();
  const RECORD = `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { outcomes { event { keyPrefix } } } }`;
  const prefixOf = async (key: Asker, input: object): Promise<string> =>
    (await key.get(RECORD, { input })).recordUsage.outcomes[0].event.keyPrefix;
  const own = await prefixOf(customer.key, { events: [generation()] });
  const services = await prefixOf(service, { organizationId: customer.id, events: [generation()] });
  expect([customer.key.token, service.token]).toEqual([
    expect.stringContaining(own),
    expect.stringContaining(services),
  ]);
  const { organization } = await customer.owner.get("{ organization { id usageEvents { nodes { keyPrefix } } } }");
  expect(organization.usageEvents.nodes).toEqual([{ keyPrefix: services }, { keyPrefix: own }]);
});
