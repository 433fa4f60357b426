import { type Exact, divide, exact, parseDecimal, roundHalfUp, toDecimal } from "./exact.ts";

/** One cent is 1,000,000,000 nano-units, so a price of $0.0000004 per call is a whole number of them. */
export const NANOS_PER_MINOR = 1_000_000_000n;

/** Minor units of one US dollar. The catalog sells in one currency. */
const MINOR_PER_MAJOR = 100n;

export const CURRENCY = "USD";

const NANOS_PER_MAJOR = NANOS_PER_MINOR * MINOR_PER_MAJOR;

/** Rounds an exact number of nano-units half up to whole minor units: once, on an invoice line. */
export const minorFrom = (nanos: Exact): bigint => roundHalfUp(divide(nanos, NANOS_PER_MINOR));

/** Minor units as nano-units. */
export const nanosFromMinor = (minor: bigint): Exact => exact(minor * NANOS_PER_MINOR);

/** An exact number of nano-units as a decimal of the major unit, e.g. `0.0015` dollars. */
export const majorFromNanos = (nanos: Exact): string => toDecimal(divide(nanos, NANOS_PER_MAJOR));

/** Minor units as a decimal of the major unit with its two places: `9900n` is `99.00`. */
export function majorFromMinor(minor: bigint): string {
  const sign = minor < 0n ? "-" : "";
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * Reads a decimal of the major unit as whole nano-units.
 *
 * @returns null when it is no plain decimal or finer than a nano-unit (eleven places of a dollar)
 */
export function nanosFromMajor(text: string): bigint | null {
  const value = parseDecimal(text);
  if (value === null) return null;
  const scaled = value.numerator * NANOS_PER_MAJOR;
  return scaled % value.denominator === 0n ? scaled / value.denominator : null;
}

/**
 * Reads a decimal of the major unit as whole minor units.
 *
 * @returns null when it is no plain decimal or finer than a cent
 */
export function minorFromMajor(text: string): bigint | null {
  const nanos = nanosFromMajor(text);
  return nanos === null || nanos % NANOS_PER_MINOR !== 0n ? null : nanos / NANOS_PER_MINOR;
}
