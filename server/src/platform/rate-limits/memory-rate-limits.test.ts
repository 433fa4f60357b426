import { expect, test } from "vitest";
import { createMemoryRateLimits } from "./memory-rate-limits.ts";
import type { RateLimit, Taken } from "./rate-limits.ts";

const limit = (perMinute: number, owner = "us"): RateLimit => ({ owner, name: "generations", perMinute });

test("gives out what there is and no more, however many ask at once", async () => {
  const limits = createMemoryRateLimits();
  const taken = await Promise.all(Array.from({ length: 50 }, () => limits.take(limit(20))));
  expect(taken.filter(({ allowed }) => allowed)).toHaveLength(20);
  const refused = taken.find(({ allowed }) => !allowed);
  expect(refused).toMatchObject({ limit: 20, remaining: 0 } satisfies Partial<Taken>);
  expect(refused?.retryAfterSeconds).toBeGreaterThan(0);
  expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(60);
});

test("a larger limit holds at once and keeps what was used", async () => {
  const limits = createMemoryRateLimits();
  for (let count = 0; count < 8; count += 1) await limits.take(limit(5));
  expect(await limits.take(limit(7))).toMatchObject({ allowed: true, remaining: 1 });
});

test("what is given back can be taken again, and nothing more", async () => {
  const limits = createMemoryRateLimits();
  await limits.take(limit(1));
  await limits.giveBack(limit(1));
  expect(await limits.take(limit(1))).toMatchObject({ allowed: true });
  await limits.giveBack(limit(1));
  await limits.giveBack(limit(1));
  expect(await limits.take(limit(1))).toMatchObject({ allowed: true });
  expect(await limits.take(limit(1))).toMatchObject({ allowed: false });
});

test("owners do not share", async () => {
  const limits = createMemoryRateLimits();
  await limits.take(limit(1));
  expect(await limits.take(limit(1, "them"))).toMatchObject({ allowed: true });
});
