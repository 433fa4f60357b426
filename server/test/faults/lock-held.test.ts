import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../setup/test-database.ts";
import { type Product, startProduct, statusOf, untilReady } from "./product.ts";
import { Faulted, newKeys, newReporter, type Reporter } from "./reporter.ts";

const CALLERS = 40;
const HELD_MS = 30_000;
/** 10 s for a place in the line, 5 s behind whoever waits for the row, 5 s for the row itself; and the machine is busy. */
const BOUND_MS = 25_000;
/** Whoever waited for the lock, or for the connection of one who does, would wait for longer. */
const OTHERS_MS = 4_000;
const RECOVERED_MS = 15_000;

let product: Product;
let holder: pg.Client;

beforeAll(async () => {
  const { adminUrl: databaseUrl } = await testDatabase();
  product = await startProduct({ databaseUrl });
  holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
});

afterAll(async () => {
  await holder?.end();
  await product?.stop();
});

describe("a lock on one organization", () => {
  test("held for 30 s stops its callers for a bounded time, and nobody else", { timeout: 90_000 }, async () => {
    const { url } = product;
    const [held, other] = [await newReporter(url), await newReporter(url)];
    await holder.query("begin");
    await holder.query("select from subscriptions where organization_id = $1 for update", [held.organizationId]);
    const until = performance.now() + HELD_MS;

    const { keys, outcomes } = stoppedCallers(url, held);
    const { ready, live, slowestMs } = await meanwhile(url, until, async () => {
      await other.record(url, newKeys(1));
      await other.authorize(url, call);
      await other.counted(url);
    });
    expectBounded(await outcomes);
    await holder.query("rollback");

    expect({ ready, live }).toEqual({ ready: [200], live: [200] });
    expect(slowestMs).toBeLessThan(OTHERS_MS);
    await expectNothingRecorded(url, held, keys);
  });
});

describe("a lock on a whole table", () => {
  test(
    "held for 30 s stops callers for a bounded time; readiness fails, liveness does not",
    { timeout: 120_000 },
    async () => {
      const { url } = product;
      const held = await newReporter(url);
      await holder.query("begin");
      await holder.query("lock table subscriptions in access exclusive mode");
      const until = performance.now() + HELD_MS;

      const { keys, outcomes } = stoppedCallers(url, held);
      const { ready, live, slowestMs } = await meanwhile(url, until, () => Promise.resolve());
      expectBounded(await outcomes);
      await holder.query("rollback");

      expect({ ready, live }).toEqual({ ready: [503], live: [200] });
      expect(slowestMs).toBeLessThan(OTHERS_MS);
      await untilReady(url, product.process, RECOVERED_MS);
      await expectNothingRecorded(url, held, keys);
    },
  );
});

/** Free may start sixty of them a minute. */
const call = { action: "API_CALL" };

type Outcome = { readonly error: unknown; readonly tookMs: number };

/** Callers of both kinds, all at once. */
function stoppedCallers(url: string, reporter: Reporter): { keys: string[][]; outcomes: Promise<Outcome[]> } {
  const keys = Array.from({ length: CALLERS }, () => newKeys(1));
  const outcomes = Promise.all([
    ...keys.map((own) => outcomeOf(() => reporter.record(url, own))),
    ...keys.map(() => outcomeOf(() => reporter.authorize(url, call))),
  ]);
  return { keys, outcomes };
}

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  const startedAt = performance.now();
  const error = await work().then(
    () => null,
    (fault: unknown) => (fault instanceof Faulted ? fault : String(fault)),
  );
  return { error, tookMs: performance.now() - startedAt };
}

function expectBounded(outcomes: readonly Outcome[]): void {
  for (const { error, tookMs } of outcomes) {
    expect(error).toMatchObject({
      code: "UPSTREAM_UNAVAILABLE",
      retryable: true,
      message: expect.stringMatching(/try again/i),
    });
    expect(tookMs).toBeLessThan(BOUND_MS);
  }
}

/** What was refused is not there; and now it goes. */
async function expectNothingRecorded(url: string, reporter: Reporter, keys: readonly string[][]): Promise<void> {
  expect(await reporter.counted(url)).toBe(0);
  for (const own of keys) expect(await reporter.record(url, own)).toEqual(["ACCEPTED"]);
}

/** What the health checks say until then, and the longest that a round of them and of `others` took. */
async function meanwhile(url: string, until: number, others: () => Promise<void>) {
  const [ready, live] = [new Set<number | null>(), new Set<number | null>()];
  let slowestMs = 0;
  while (performance.now() < until) {
    const startedAt = performance.now();
    await others();
    live.add(await statusOf(`${url}/health/live`));
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    ready.add(await statusOf(`${url}/health/ready`));
    await sleep(100);
  }
  return { ready: [...ready], live: [...live], slowestMs };
}
