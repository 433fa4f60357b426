import { beforeAll, expect, test } from "vitest";
import { newWorld, type World } from "../../test/world.ts";
import type { Sql } from "../platform/database/sql.ts";
import {
  inGroupTransaction,
  inPlatformTransaction,
  inTenantTransaction,
} from "../platform/database/tenant-transaction.ts";
import { newId } from "../platform/id.ts";
import { publishWebhook, publishWebhooks } from "./publish-webhook.ts";
import type { WebhookEventType } from "./webhook-event.ts";

let world: World;

beforeAll(async () => {
  world = await newWorld();
});

const at = new Date("2026-03-01T12:00:00Z");

const event = (organizationId: string, key: string, type: WebhookEventType = "invoice.paid") => ({
  organizationId,
  type,
  key,
  at,
  data: { invoiceId: key },
});

const asPlatform = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => inPlatformTransaction(world.platform.pool, work);

/** An endpoint as far as publishing looks at it. */
async function endpointOf(organizationId: string, events: WebhookEventType[], disabled = false): Promise<string> {
  const id = newId();
  await asPlatform((sql) =>
    sql(
      `insert into webhook_endpoints (organization_id, id, url, description, events, secret, created_at, disabled_at)
       values ($1, $2, 'https://example.com', '', $3, '', now(), $4)`,
      [organizationId, id, `{${events.join(",")}}`, disabled ? at : null],
    ),
  );
  return id;
}

const deliveriesOf = (organizationId: string) =>
  asPlatform((sql) =>
    sql<{ endpoint_id: string; key: string; body: string }>(
      `select d.endpoint_id, m.key, m.body from webhook_deliveries d
       join webhook_messages m on m.organization_id = d.organization_id and m.id = d.message_id
       where d.organization_id = $1 order by d.id`,
      [organizationId],
    ),
  );

const ways: readonly (readonly [
  string,
  (organizationId: string, work: (sql: Sql) => Promise<void>) => Promise<void>,
])[] = [
  ["a tenant's", (id, work) => inTenantTransaction(world.platform.pool, id, work)],
  ["a group's", (id, work) => inGroupTransaction(world.platform.pool, [id], work)],
  ["the platform's", (_id, work) => asPlatform(work)],
];

test.each(ways)(
  "in %s transaction an event goes to each endpoint that has chosen it, once for its key",
  async (_, within) => {
    const { id } = await world.organization();
    const first = await endpointOf(id, ["invoice.paid", "invoice.voided"]);
    const second = await endpointOf(id, ["invoice.paid"]);
    await endpointOf(id, ["hold.expired"]);
    await endpointOf(id, ["invoice.paid"], true);
    const { id: strangers } = await world.organization();
    await endpointOf(strangers, ["invoice.paid"]);

    await within(id, (sql) => publishWebhook(sql, event(id, "one")));
    await within(id, (sql) => publishWebhook(sql, { ...event(id, "one"), data: { other: true } }));

    const sent = await deliveriesOf(id);
    expect(sent.map((row) => row.endpoint_id).toSorted()).toEqual([first, second].toSorted());
    expect(JSON.parse(sent[0]!.body)).toEqual({
      type: "invoice.paid",
      timestamp: "2026-03-01T12:00:00.000Z",
      organizationId: id,
      data: { invoiceId: "one" },
    });
    expect(await deliveriesOf(strangers)).toEqual([]);
  },
);

test("nothing is kept for an organization that has no endpoint", async () => {
  const { id } = await world.organization();
  await asPlatform((sql) => publishWebhook(sql, event(id, "unheard")));
  expect(await asPlatform((sql) => sql("select id from webhook_messages where organization_id = $1", [id]))).toEqual(
    [],
  );
});

test("a transaction that fails tells nobody", async () => {
  const { id } = await world.organization();
  await endpointOf(id, ["invoice.paid"]);
  await expect(
    inTenantTransaction(world.platform.pool, id, async (sql) => {
      await publishWebhook(sql, event(id, "undone"));
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  expect(await deliveriesOf(id)).toEqual([]);
});

test("the same key told by many at once goes out once", async () => {
  const { id } = await world.organization();
  await endpointOf(id, ["invoice.paid"]);
  await Promise.all(
    Array.from({ length: 20 }, () =>
      inTenantTransaction(world.platform.pool, id, (sql) => publishWebhook(sql, event(id, "raced"))),
    ),
  );
  expect(await deliveriesOf(id)).toHaveLength(1);
});

test("events of many organizations go out each to its own", async () => {
  const organizations = [(await world.organization()).id, (await world.organization()).id];
  for (const id of organizations) await endpointOf(id, ["hold.expired"]);
  await asPlatform((sql) =>
    publishWebhooks(
      sql,
      organizations.map((id) => event(id, `hold:${id}`, "hold.expired")),
    ),
  );
  for (const id of organizations) expect((await deliveriesOf(id)).map(({ key }) => key)).toEqual([`hold:${id}`]);
});
