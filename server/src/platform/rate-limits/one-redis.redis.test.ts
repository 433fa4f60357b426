import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startRedis, type TestRedis } from "../../../test/setup/redis.ts";
import { ANSWER_WITHIN_MS } from "./insured-rate-limits.ts";
import { limitOf, newOwner, type Process, startProcess, takeAtOnce } from "../../../test/sharing-processes.ts";

let redis: TestRedis;
let here: Process;
let there: Process;

beforeEach(async () => {
  redis = await startRedis();
  [here, there] = [await startProcess([redis.url]), await startProcess([redis.url])];
});

afterEach(async () => {
  await Promise.all([here, there].map(({ limits }) => limits.close()));
  await redis.close();
});

describe("two processes with one Redis", () => {
  test("give out exactly what there is, however many ask both at once", async () => {
    const limit = limitOf(newOwner(), 100);
    const [some, others] = await Promise.all([takeAtOnce(here, 150, limit), takeAtOnce(there, 150, limit)]);
    expect(some + others).toBe(100);
    expect([here.warnings, there.warnings]).toEqual([[], []]);
  });

  test("answer what is left and when it starts anew as one process does", async () => {
    const limit = limitOf(newOwner(), 2);
    expect(await here.limits.take(limit)).toMatchObject({
      allowed: true,
      limit: 2,
      remaining: 1,
      resetAfterSeconds: 60,
    });
    expect(await there.limits.take(limit)).toMatchObject({ allowed: true, remaining: 0, retryAfterSeconds: null });
    const refused = await here.limits.take(limit);
    expect(refused).toMatchObject({ allowed: false, remaining: 0, retryAfterSeconds: expect.any(Number) });
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  test("a refusal is not counted, so a larger limit holds at once and keeps what was used", async () => {
    const owner = newOwner();
    expect(await takeAtOnce(here, 8, limitOf(owner, 5))).toBe(5);
    expect(await there.limits.take(limitOf(owner, 7))).toMatchObject({ allowed: true, remaining: 1 });
  });

  test("what one gives back the other can take, once", async () => {
    const limit = limitOf(newOwner(), 1);
    const taken = await here.limits.take(limit);
    const refused = await there.limits.take(limit);
    await refused.giveBack();
    expect(await takeAtOnce(there, 3, limit)).toBe(0);
    await taken.giveBack();
    expect((await takeAtOnce(here, 3, limit)) + (await takeAtOnce(there, 3, limit))).toBe(1);
  });

  test("what was given back after the counter was forgotten adds nothing", async () => {
    const limit = limitOf(newOwner(), 1);
    const taken = await here.limits.take(limit);
    await there.limits.forget(limit);
    await taken.giveBack();
    expect(await takeAtOnce(here, 3, limit)).toBe(1);
  });

  test("a span ends by Redis's clock, whichever process began it", async () => {
    const limit = { ...limitOf(newOwner(), 1), spanSeconds: 1 };
    await here.limits.take(limit);
    expect(await there.limits.take(limit)).toMatchObject({ allowed: false });
    await expect.poll(() => takeAtOnce(there, 1, limit), { timeout: 5_000 }).toBe(1);
  });

  test("the keys of an organization begin with rl and its hash tag, and end by themselves", async () => {
    const owner = newOwner();
    await here.limits.take(limitOf(owner, 5));
    await here.limits.take({ ...limitOf(owner, 5), name: "api.key", part: "k1" });
    const keys = (await redis.ask("KEYS", "*")) as string[];
    expect(keys.toSorted()).toEqual([`rl:{${owner}}:api.key:k1`, `rl:{${owner}}:generations`]);
    for (const key of keys) expect(Number(await redis.ask("PTTL", key))).toBeGreaterThan(0);
  });
});

describe("a Redis that is flushed", () => {
  test("is counted in on, from nothing, scripts and all", async () => {
    const limit = limitOf(newOwner(), 5);
    await takeAtOnce(here, 3, limit);
    await redis.ask("FLUSHALL");
    await redis.ask("SCRIPT", "FLUSH");
    const [some, others] = await Promise.all([takeAtOnce(here, 10, limit), takeAtOnce(there, 10, limit)]);
    expect(some + others).toBe(5);
    expect([here.warnings, there.warnings]).toEqual([[], []]);
  });
});

describe.each<{ why: string; lose: () => Promise<void> | void; returns: () => Promise<void> | void }>([
  { why: "hangs", lose: () => redis.pause(), returns: () => redis.resume() },
  { why: "is killed", lose: () => redis.kill(), returns: () => redis.start() },
])("a Redis that $why", ({ lose, returns }) => {
  test("is answered for within a moment by each process's own counters, which have the same limit", async () => {
    expect(ANSWER_WITHIN_MS).toBe(50);
    const limit = limitOf(newOwner(), 5);
    await lose();
    const asked = performance.now();
    expect(await takeAtOnce(here, 20, limit)).toBe(5);
    // The answer is due in 50 ms; a busy machine is given more.
    expect(performance.now() - asked).toBeLessThan(500);
    expect(await takeAtOnce(here, 20, limit)).toBe(0);
    await returns();
  });

  test("is told once, and again when it is back, and meanwhile as degraded", async () => {
    const limit = limitOf(newOwner(), 5);
    expect(here.limits.degraded).toBeNull();
    await lose();
    await takeAtOnce(here, 20, limit);
    await takeAtOnce(here, 20, limit);
    expect(here.limits.degraded).toMatch(/Redis does not answer/);
    expect(here.warnings).toHaveLength(1);
    expect(here.recoveries).toHaveLength(0);
    await returns();
    await expect.poll(() => here.limits.degraded, { timeout: 10_000 }).toBeNull();
    expect([here.warnings.length, here.recoveries.length]).toEqual([1, 1]);
  });

  test("is shared again by itself, to the exact limit", async () => {
    await lose();
    await takeAtOnce(here, 1, limitOf(newOwner(), 5));
    await takeAtOnce(there, 1, limitOf(newOwner(), 5));
    await returns();
    await expect.poll(() => [here.limits.degraded, there.limits.degraded], { timeout: 10_000 }).toEqual([null, null]);
    const limit = limitOf(newOwner(), 30);
    const [some, others] = await Promise.all([takeAtOnce(here, 40, limit), takeAtOnce(there, 40, limit)]);
    expect(some + others).toBe(30);
  });

  test("makes giving back and forgetting no error", async () => {
    const limit = limitOf(newOwner(), 5);
    const taken = await here.limits.take(limit);
    await lose();
    await expect(taken.giveBack()).resolves.toBeUndefined();
    await expect(here.limits.forget(limit)).resolves.toBeUndefined();
    await returns();
  });
});

test("a process that starts without its Redis starts all the same, and shares once it is there", async () => {
  await redis.kill();
  const late = await startProcess([redis.url]);
  try {
    expect(late.limits.degraded).toMatch(/Redis does not answer/);
    expect(await takeAtOnce(late, 9, limitOf(newOwner(), 4))).toBe(4);
    await redis.start();
    await expect.poll(() => [late.limits.degraded, here.limits.degraded], { timeout: 10_000 }).toEqual([null, null]);
    const limit = limitOf(newOwner(), 4);
    expect((await takeAtOnce(late, 9, limit)) + (await takeAtOnce(here, 9, limit))).toBe(4);
  } finally {
    await late.limits.close();
  }
});

test("a Redis that answers but takes nothing in is not shared through", async () => {
  await redis.ask("REPLICAOF", "127.0.0.1", "1");
  expect(await takeAtOnce(here, 9, limitOf(newOwner(), 4))).toBe(4);
  expect(here.warnings).toMatchObject([{ reason: expect.stringContaining("READONLY") }]);
  await redis.ask("REPLICAOF", "NO", "ONE");
  await expect.poll(() => here.limits.degraded, { timeout: 10_000 }).toBeNull();
});

test("a password in the URL is used", async () => {
  const guarded = await startRedis("--requirepass", "a/b:c@d");
  const url = guarded.url.replace("redis://", `redis://:${encodeURIComponent("a/b:c@d")}@`);
  const [known, stranger] = [await startProcess([url]), await startProcess([guarded.url])];
  try {
    const limit = limitOf(newOwner(), 4);
    expect(await takeAtOnce(known, 9, limit)).toBe(4);
    expect(known.limits.degraded).toBeNull();
    expect(await takeAtOnce(stranger, 9, limit)).toBe(4);
    expect(stranger.limits.degraded).toMatch(/Redis does not answer/);
  } finally {
    await known.limits.close();
    await stranger.limits.close();
    await guarded.close();
  }
});
