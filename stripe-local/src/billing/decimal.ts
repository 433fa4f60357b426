/** Stripe's decimals carry at most twelve places. */
const PLACES = 12;
const ONE = 10n ** BigInt(PLACES);

/** An exact decimal: a whole number of 10^-12. */
export type Decimal = bigint;

const form = /^(-?)(\d+)(?:\.(\d{1,12}))?$/;

/** Reads "12", "-0.5" or "0.000000000001"; null when it is none. */
export function readDecimal(text: string): Decimal | null {
  const match = form.exec(text);
  if (match?.[2] == null) return null;
  const size = BigInt(match[2]) * ONE + BigInt((match[3] ?? "").padEnd(PLACES, "0"));
  return match[1] === "-" ? -size : size;
}

export const decimalOf = (whole: number): Decimal => BigInt(whole) * ONE;

/** The shortest writing: no trailing zeros, no point when whole. */
export function writeDecimal(decimal: Decimal): string {
  const sign = decimal < 0n ? "-" : "";
  const size = decimal < 0n ? -decimal : decimal;
  const places = (size % ONE).toString().padStart(PLACES, "0").replace(/0+$/, "");
  return `${sign}${size / ONE}${places === "" ? "" : `.${places}`}`;
}

/** `dividend / divisor`, to the nearest whole; halves away from zero. `divisor` is above zero. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}

/** The product of two decimals in whole minor units; halves away from zero. */
export const wholeProduct = (left: Decimal, right: Decimal): number => Number(divideHalfUp(left * right, ONE * ONE));

/** A decimal in whole minor units; halves away from zero. */
export const wholeOf = (decimal: Decimal): number => Number(divideHalfUp(decimal, ONE));
