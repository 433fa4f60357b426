import { afterEach, describe, expect, test, vi } from "vitest";
import { createMemoryRateLimits } from "./memory-rate-limits.ts";
import type { RateLimit, RateLimits, Taken } from "./rate-limits.ts";

const limit = (most: number, owner = "us"): RateLimit => ({ owner, name: "generations", most, spanSeconds: 60 });

const takeOften = (limits: RateLimits, times: number, of: RateLimit): Promise<Taken[]> =>
  Promise.all(Array.from({ length: times }, () => limits.take(of)));

const allowed = (taken: readonly Taken[]): number => taken.filter((one) => one.allowed).length;

afterEach(() => {
  vi.useRealTimers();
});

test("gives out what there is and no more, however many ask at once", async () => {
  const taken = await takeOften(createMemoryRateLimits(), 50, limit(20));
  expect(allowed(taken)).toBe(20);
  const refused = taken.find((one) => !one.allowed);
  expect(refused).toMatchObject({ limit: 20, remaining: 0 } satisfies Partial<Taken>);
  expect(refused?.retryAfterSeconds).toBeGreaterThan(0);
  expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(60);
});

test("a larger limit holds at once and keeps what was used", async () => {
  const limits = createMemoryRateLimits();
  await takeOften(limits, 8, limit(5));
  expect(await limits.take(limit(7))).toMatchObject({ allowed: true, remaining: 1 });
});

test("owners do not share, nor do the parts of one", async () => {
  const limits = createMemoryRateLimits();
  await limits.take(limit(1));
  expect(await limits.take(limit(1, "them"))).toMatchObject({ allowed: true });
  expect(await limits.take({ ...limit(1), part: "a" })).toMatchObject({ allowed: true });
  expect(await limits.take({ ...limit(1), part: "b" })).toMatchObject({ allowed: true });
});

test("what is forgotten starts anew", async () => {
  const limits = createMemoryRateLimits();
  await takeOften(limits, 3, limit(3));
  await limits.forget(limit(3));
  expect(allowed(await takeOften(limits, 5, limit(3)))).toBe(3);
});

describe("what is given back", () => {
  test("can be taken again, and nothing more", async () => {
    const limits = createMemoryRateLimits();
    const first = await limits.take(limit(1));
    const refused = await limits.take(limit(1));
    await refused.giveBack();
    expect(await limits.take(limit(1))).toMatchObject({ allowed: false });
    await first.giveBack();
    expect(allowed(await takeOften(limits, 2, limit(1)))).toBe(1);
  });

  test("after its span is over adds nothing to the next", async () => {
    vi.useFakeTimers();
    const limits = createMemoryRateLimits();
    const old = await limits.take(limit(1));
    vi.advanceTimersByTime(60_000);
    await limits.take(limit(1));
    await old.giveBack();
    expect(await limits.take(limit(1))).toMatchObject({ allowed: false });
  });

  test("after the counter was forgotten adds nothing to the next", async () => {
    const limits = createMemoryRateLimits();
    const old = await limits.take(limit(1));
    await limits.forget(limit(1));
    await old.giveBack();
    expect(allowed(await takeOften(limits, 3, limit(1)))).toBe(1);
  });
});

describe("with more names than fit", () => {
  const crowded = async (): Promise<RateLimits> => {
    const limits = createMemoryRateLimits({ own: 10, shared: 1 });
    for (let stranger = 0; stranger < 10; stranger += 1) await limits.take(limit(5, `stranger-${stranger}`));
    return limits;
  };

  test("a limit that was reached before a flood of others stays reached after it", async () => {
    const limits = createMemoryRateLimits({ own: 10, shared: 4 });
    await takeOften(limits, 5, limit(5, "guessed"));
    for (let stranger = 0; stranger < 500; stranger += 1) await limits.take(limit(5, `stranger-${stranger}`));
    expect(await limits.take(limit(5, "guessed"))).toMatchObject({ allowed: false });
  });

  test("a new name is limited too, together with others that are new", async () => {
    const limits = await crowded();
    expect(allowed(await takeOften(limits, 3, limit(5, "one")))).toBe(3);
    expect(allowed(await takeOften(limits, 5, limit(5, "another")))).toBe(2);
  });

  test("nobody makes others' attempts forgotten by their own success", async () => {
    const limits = await crowded();
    await takeOften(limits, 5, limit(5, "guessed"));
    await limits.forget(limit(5, "mine"));
    expect(await limits.take(limit(5, "guessed"))).toMatchObject({ allowed: false });
  });

  test("limits of other names are not touched", async () => {
    const limits = await crowded();
    expect(allowed(await takeOften(limits, 8, { ...limit(5, "one"), name: "api_calls" }))).toBe(5);
    expect(allowed(await takeOften(limits, 8, { ...limit(5, "another"), name: "api_calls" }))).toBe(5);
  });

  test("there is room again once spans are over", async () => {
    vi.useFakeTimers();
    const limits = await crowded();
    vi.advanceTimersByTime(60_000);
    expect(allowed(await takeOften(limits, 8, limit(5, "one")))).toBe(5);
    expect(allowed(await takeOften(limits, 8, limit(5, "another")))).toBe(5);
  });
});
