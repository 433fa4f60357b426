import { expect, test } from "vitest";
import { nextPaymentAttempt } from "./dunning-schedule.ts";

const firstFailure = Date.UTC(2026, 0, 31, 10) / 1000;
const onDay = (day: number): number => firstFailure + day * 86_400;

test.each([
  { failed: 1, next: onDay(1) },
  { failed: 2, next: onDay(3) },
  { failed: 3, next: onDay(7) },
  { failed: 4, next: onDay(14) },
  { failed: 5, next: null },
])("after $failed failed attempts the next is at $next", ({ failed, next }) => {
  expect(nextPaymentAttempt(firstFailure, failed)).toBe(next);
});
