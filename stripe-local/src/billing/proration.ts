import { divideHalfUp } from "./decimal.ts";
import type { Period } from "./periods.ts";

/**
 * The part of `amount` that falls in the rest of `period` from `at` on, by the second.
 *
 * @param amount minor units of the whole period, zero or more
 * @returns whole minor units, halves rounded up; `amount` at or before the start, 0 at or after the end
 */
export function remaining(amount: number, period: Period, at: number): number {
  const length = BigInt(period.end - period.start);
  const left = BigInt(Math.min(Math.max(period.end - at, 0), period.end - period.start));
  return Number(divideHalfUp(BigInt(amount) * left, length));
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "05 Jun 2026", as proration lines name their day. */
function dayOf(at: number): string {
  const date = new Date(at * 1000);
  return `${String(date.getUTCDate()).padStart(2, "0")} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

const times = (quantity: number): string => (quantity === 1 ? "" : `${quantity} × `);

export const unusedTime = (product: string, quantity: number, at: number): string =>
  `Unused time on ${times(quantity)}${product} after ${dayOf(at)}`;

export const remainingTime = (product: string, quantity: number, at: number): string =>
  `Remaining time on ${times(quantity)}${product} after ${dayOf(at)}`;
