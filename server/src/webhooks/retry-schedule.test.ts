import { expect, test } from "vitest";
import { DAY_MS } from "../kernel/clock.ts";
import { TRIES, waitAfterMs } from "./retry-schedule.ts";

const waits = (random: number): number[] =>
  Array.from({ length: TRIES - 1 }, (_, index) => waitAfterMs(index + 1, random) ?? Number.NaN);

test("eight tries are spread over three days, each wait at least twice the one before", () => {
  expect(TRIES).toBe(8);
  const all = waits(0);
  for (const [index, waitMs] of all.slice(1).entries()) expect(waitMs).toBeGreaterThanOrEqual(2 * all[index]!);
  const total = all.reduce((sum, waitMs) => sum + waitMs, 0);
  expect(total).toBeGreaterThan(3 * DAY_MS);
  expect(total).toBeLessThan(3.1 * DAY_MS);
});

test("tries that failed together come back up to a tenth later, apart", () => {
  for (const [index, waitMs] of waits(1).entries()) expect(waitMs).toBe(Math.round(waits(0)[index]! * 1.1));
});

test("after the last try there is no other", () => {
  expect(waitAfterMs(TRIES, 0)).toBeNull();
});
