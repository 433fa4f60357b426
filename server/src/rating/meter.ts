/** The meters of the catalog. A meter names what is counted and how. */
export const meterCodes = ["generations", "api_calls", "storage", "compute"] as const;
export type MeterCode = (typeof meterCodes)[number];

export const isMeterCode = (text: string): text is MeterCode => (meterCodes as readonly string[]).includes(text);

/** The first minute of each task is free: only long-running tasks pay compute. */
export const FREE_COMPUTE_PER_TASK_MS = 60_000n;

const BYTES_PER_GB = 1_000_000_000n;

/** Base units (calls, generations, milliseconds, bytes) of one priced unit of a meter that counts. */
export const countedScale = { generations: 1n, api_calls: 1n, compute: 60_000n } as const;

export type CountedMeter = keyof typeof countedScale;

/** The word for one priced unit. */
export const meterUnit: Readonly<Record<MeterCode, string>> = {
  generations: "generation",
  api_calls: "call",
  storage: "GB-month",
  compute: "minute",
};

/**
 * Base units of one priced unit in a period of `periodMs`.
 *
 * Storage is measured in byte-milliseconds: a GB-month is a gigabyte held for the whole period,
 * however long that period is.
 */
export function scaleOf(meter: MeterCode, periodMs: bigint): bigint {
  return meter === "storage" ? BYTES_PER_GB * periodMs : countedScale[meter];
}
