import { expect, test } from "vitest";
import { apiCalls, generation, newCustomer } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { MINUTE_MS } from "../kernel/clock.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";

const world = await newWorld();
const START = "2026-03-01T00:00:00.000Z";
world.setClock(START);

const RECORD_ID = `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { outcomes { status event { id } } } }`;

const newCustomers = (count: number) =>
  Promise.all(Array.from({ length: count }, () => newCustomer(world, START, "starter")));

test("single events of many organizations at once are each stored, rated and counted as their own", async () => {
  const customers = await newCustomers(5);
  const sent = customers.flatMap((customer, index) =>
    Array.from({ length: 4 + index }, () => ({ customer, event: apiCalls(index + 1) })),
  );
  const outcomes = await Promise.all(sent.map(({ customer, event }) => customer.record([event])));
  expect(outcomes.map(([own]) => [own!.status, own!.idempotencyKey])).toEqual(
    sent.map(({ event }) => ["ACCEPTED", event.idempotencyKey]),
  );
  for (const [index, customer] of customers.entries()) {
    expect((await customer.usage()).meters.api_calls.quantity).toBe(String((4 + index) * (index + 1)));
    expect(await customer.events()).toHaveLength(4 + index);
  }
});

test("they share transactions: far fewer commits than calls", async () => {
  const customers = await newCustomers(8);
  const service = await world.serviceKey();
  const stored: string[] = [];
  await Promise.all(
    Array.from({ length: 160 }, async (_, index) => {
      const input = { organizationId: customers[index % 8]!.id, events: [generation()] };
      const { recordUsage } = await service.get(RECORD_ID, { input });
      stored.push(recordUsage.outcomes[0].event.id);
    }),
  );
  const [row] = await inPlatformTransaction(world.platform.pool, (sql) =>
    sql<{ commits: string }>(
      "select count(distinct xmin::text) as commits from usage_events where id = any($1::uuid[])",
      [`{${stored.join(",")}}`],
    ),
  );
  expect(new Set(stored).size).toBe(160);
  expect(Number(row!.commits)).toBeLessThan(40);
});

test("one whose lock is held by somebody delays no other, and is stored when it is free", async () => {
  const [held, free] = [await newCustomer(world, START), await newCustomer(world, START)];
  const { promise: locked, resolve: letGo } = Promise.withResolvers<void>();
  const holder = inPlatformTransaction(world.platform.pool, async (sql) => {
    await sql("select from subscriptions where organization_id = $1 for update", [held.id]);
    await locked;
  });
  const waiting = [held.record([generation()]), held.record([generation()])];
  for (let call = 0; call < 3; call += 1) expect((await free.record([generation()]))[0]!.status).toBe("ACCEPTED");
  letGo();
  await holder;
  expect((await Promise.all(waiting)).map(([own]) => own!.status)).toEqual(["ACCEPTED", "ACCEPTED"]);
});

test("an unknown organization and faulty events among them fail by themselves, each under its own key", async () => {
  const [customer] = await newCustomers(1);
  const service = await world.serviceKey();
  const events = (event: object, organizationId: string) => ({ input: { organizationId, events: [event] } });
  const [fine, unknown, faulty] = await Promise.all([
    customer!.record([generation()]),
    service.ask(RECORD_ID, events(generation(), "01920000-0000-7000-8000-000000000000")),
    service.ask(RECORD_ID, events(generation({ occurredAt: "2026-01-01T00:00:00.000Z" }), customer!.id)),
  ]);
  expect(fine[0]!.status).toBe("ACCEPTED");
  expect(unknown.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  expect(faulty.data.recordUsage.outcomes).toMatchObject([{ status: "REJECTED", event: null }]);
  const kept = await inPlatformTransaction(world.platform.pool, (sql) =>
    sql("select key_prefix from rejected_usage where organization_id = $1", [customer!.id]),
  );
  expect(kept).toEqual([{ key_prefix: service.token!.slice(0, String(kept[0]!["key_prefix"]).length) }]);
});

test("events from just before and just after a period's end count in their own periods", async () => {
  const customers = await newCustomers(3);
  const end = new Date((await customers[0]!.subscription()).currentPeriodEnd);
  const at = (offset: number) => new Date(end.getTime() + offset).toISOString();
  world.setClock(at(-MINUTE_MS));
  await Promise.all(
    customers.flatMap((customer) => [
      customer.record([generation({ occurredAt: at(-1) })]),
      customer.record([generation({ occurredAt: at(0) })]),
    ]),
  );
  for (const customer of customers) {
    expect((await customer.usage()).meters.generations.quantity).toBe("1");
    expect(await customer.events()).toHaveLength(2);
  }
  world.setClock(at(0));
  for (const customer of customers) expect((await customer.usage()).meters.generations.quantity).toBe("1");
});
