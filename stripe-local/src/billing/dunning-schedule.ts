import { days } from "./periods.ts";

/** Days after the first failure on which a payment is tried again. */
const retryDays: readonly number[] = [1, 3, 7, 14];

/**
 * When the next automatic payment is tried.
 *
 * @param firstFailedAt unix seconds of the first failed attempt
 * @param failedAttempts attempts of the schedule that failed so far, the first included
 * @returns unix seconds, or null when the last retry has failed
 */
export function nextPaymentAttempt(firstFailedAt: number, failedAttempts: number): number | null {
  const day = retryDays[failedAttempts - 1];
  return day === undefined ? null : firstFailedAt + days(day);
}
