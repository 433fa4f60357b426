import type { Pool } from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { startReceiver } from "../../test/webhook-receiver.ts";
import { newWorld, type World } from "../../test/world.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { startWorker } from "../platform/jobs/worker.ts";
import { createLog } from "../platform/log.ts";
import type { Platform } from "../platform/scope.ts";
import { deliverWebhook } from "./deliver-webhook.ts";
import { publishWebhook } from "./publish-webhook.ts";
import { deliverJob, deliverSlowlyJob, forgetDeliveriesJob } from "./webhook.job.ts";

let world: World;

beforeAll(async () => {
  world = await newWorld();
});

const asPlatform = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => inPlatformTransaction(world.platform.pool, work);

/** A message on its way to a receiver, which no worker has taken yet. */
async function onItsWay(url: string): Promise<{ organizationId: string; deliveryId: string; attempt: 1; slow: false }> {
  const { owner, id: organizationId } = await world.organization();
  await owner.get(
    `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename } }`,
    { input: { url, events: ["invoice.paid"] } },
  );
  await asPlatform((sql) =>
    publishWebhook(sql, { organizationId, type: "invoice.paid", key: "one", at: new Date(), data: {} }),
  );
  const { id } = await delivery(organizationId);
  return { organizationId, deliveryId: id, attempt: 1, slow: false };
}

async function delivery(
  organizationId: string,
): Promise<{ id: string; state: string; attempts: number; tried: number }> {
  const [row] = await asPlatform((sql) =>
    sql<{ id: string; state: string; attempts: number; tried: number }>(
      `select id, state, attempts, (select count(*)::int from webhook_attempts a where a.organization_id = d.organization_id and a.delivery_id = d.id) as tried
       from webhook_deliveries d where organization_id = $1`,
      [organizationId],
    ),
  );
  return row!;
}

/** The same platform, whose database is lost after so many connections. */
function dyingAfter(connections: number): Platform {
  let left = connections;
  const { pool } = world.platform;
  const dying = {
    connect: async () => {
      if (left === 0) throw new Error("killed");
      left -= 1;
      return pool.connect();
    },
  } as unknown as Pool;
  return { ...world.platform, pool: dying };
}

test("whoever dies between the sending and the writing down leaves the try to be made again, under the same id", async () => {
  const receiver = await startReceiver();
  const due = await onItsWay(receiver.url);
  await expect(deliverWebhook(dyingAfter(1), due)).rejects.toThrow("killed");
  expect(await delivery(due.organizationId)).toMatchObject({ state: "PENDING", attempts: 0, tried: 0 });
  await deliverWebhook(world.platform, due);
  expect(await delivery(due.organizationId)).toMatchObject({ state: "DELIVERED", attempts: 1, tried: 1 });
  const [first, second] = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(receiver.received).toHaveLength(2);
  expect(first).toBe(second);
});

test("a job that runs again after its try was written down sends nothing", async () => {
  const receiver = await startReceiver();
  const due = await onItsWay(receiver.url);
  await deliverWebhook(world.platform, due);
  await deliverWebhook(world.platform, due);
  receiver.answer = (response) => void response.writeHead(500).end();
  const failing = await onItsWay(receiver.url);
  await deliverWebhook(world.platform, failing);
  await deliverWebhook(world.platform, failing);
  expect(receiver.received).toHaveLength(2);
  expect(await delivery(failing.organizationId)).toMatchObject({ state: "PENDING", attempts: 1, tried: 1 });
});

test("two that make the same try at once write it down once", async () => {
  const receiver = await startReceiver();
  const due = await onItsWay(receiver.url);
  await Promise.all([1, 2, 3].map(() => deliverWebhook(world.platform, due)));
  expect(await delivery(due.organizationId)).toMatchObject({ state: "DELIVERED", attempts: 1, tried: 1 });
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

test("no connection to the database is held while a receiver is waited for", async () => {
  const receiver = await startReceiver();
  let held = -1;
  receiver.answer = (response) => {
    const { totalCount, idleCount } = world.platform.pool;
    held = totalCount - idleCount;
    response.writeHead(200).end();
  };
  await deliverWebhook(world.platform, await onItsWay(receiver.url));
  expect(held).toBe(0);
});

test("a worker that is told to stop leaves a hanging receiver at once, and the next one sends again", async () => {
  const receiver = await startReceiver();
  receiver.answer = () => undefined;
  const due = await onItsWay(receiver.url);
  const jobs = [deliverJob, deliverSlowlyJob, forgetDeliveriesJob];
  const first = await startWorker(world.platform, jobs, createLog("silent"));
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), { timeout: 10_000 });
  const began = performance.now();
  await first.stop();
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(await delivery(due.organizationId)).toMatchObject({ state: "PENDING", attempts: 0 });

  receiver.answer = (response) => void response.writeHead(200).end();
  const second = await startWorker(world.platform, jobs, createLog("silent"));
  try {
    await vi.waitFor(async () => expect((await delivery(due.organizationId)).state).toBe("DELIVERED"), {
      timeout: 20_000,
    });
  } finally {
    await second.stop();
  }
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

test("the log is forgotten after sixty days, and what was told stays told", async () => {
  const receiver = await startReceiver();
  const due = await onItsWay(receiver.url);
  await deliverWebhook(world.platform, due);
  await forgetDeliveriesJob.run(world.platform, {});
  expect(await delivery(due.organizationId)).toMatchObject({ state: "DELIVERED" });
  await asPlatform((sql) =>
    sql("update webhook_deliveries set ended_at = now() - interval '61 days' where id = $1", [due.deliveryId]),
  );
  await forgetDeliveriesJob.run(world.platform, {});
  expect(await delivery(due.organizationId)).toBeUndefined();
  expect(
    await asPlatform((sql) => sql("select from webhook_attempts where delivery_id = $1", [due.deliveryId])),
  ).toEqual([]);
  const { organizationId } = due;
  await asPlatform((sql) =>
    publishWebhook(sql, { organizationId, type: "invoice.paid", key: "one", at: new Date(), data: {} }),
  );
  expect(await delivery(organizationId)).toBeUndefined();
});
