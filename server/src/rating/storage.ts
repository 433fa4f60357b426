import type { Period } from "../kernel/period.ts";

/** From `at` on, `bytes` are stored, until the next level. */
export type Level = { readonly at: Date; readonly bytes: bigint };

/**
 * Byte-milliseconds of a period: each level times how long it stood.
 *
 * Levels stand across periods, so the last one before the period counts from its start. The last
 * level is taken to stand to the end of the period, which makes an open period an estimate.
 *
 * @param levels ordered by instant; of two at one instant the later in the list holds
 */
export function byteMilliseconds(levels: readonly Level[], period: Period): bigint {
  const start = period.start.getTime();
  const end = period.end.getTime();
  let total = 0n;
  for (const [index, level] of levels.entries()) {
    const from = clamp(level.at.getTime(), start, end);
    const next = levels[index + 1];
    const to = next ? clamp(next.at.getTime(), start, end) : end;
    total += level.bytes * BigInt(to - from);
  }
  return total;
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
