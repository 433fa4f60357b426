/**
 * An exact number: `numerator / denominator`. Amounts of money in flight are exact numbers of
 * nano-units of the minor unit; quantities are exact numbers of the meter's unit.
 */
export type Exact = { readonly numerator: bigint; readonly denominator: bigint };

/** @throws RangeError when the denominator is not above zero */
export function exact(numerator: bigint, denominator = 1n): Exact {
  if (denominator <= 0n) throw new RangeError("an exact number needs a denominator above zero");
  const divisor = greatestCommonDivisor(absolute(numerator), denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export const zero: Exact = { numerator: 0n, denominator: 1n };

export function add(a: Exact, b: Exact): Exact {
  if (a.denominator === b.denominator) return exact(a.numerator + b.numerator, a.denominator);
  return exact(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export const negate = (a: Exact): Exact => ({ numerator: -a.numerator, denominator: a.denominator });

export const subtract = (a: Exact, b: Exact): Exact => add(a, negate(b));

export const sum = (parts: readonly Exact[]): Exact => parts.reduce(add, zero);

export const divide = (a: Exact, by: bigint): Exact => exact(a.numerator, a.denominator * by);

/** Rounds half up: 0.5 becomes 1 and -0.5 becomes 0 (towards positive infinity, as invoices do). */
export function roundHalfUp({ numerator, denominator }: Exact): bigint {
  return floorDivide(2n * numerator + denominator, 2n * denominator);
}

/**
 * Writes an exact number as a decimal without an exponent.
 *
 * Up to 28 significant digits; a number that ends within them is written exactly, any other is
 * rounded half up at the last digit. No trailing zeros.
 */
export function toDecimal({ numerator, denominator }: Exact): string {
  const sign = numerator < 0n ? "-" : "";
  const size = absolute(numerator);
  const whole = size / denominator;
  let rest = size % denominator;
  if (rest === 0n) return sign + whole.toString();

  let places =
    whole === 0n ? SIGNIFICANT_DIGITS + leadingZeros(rest, denominator) : SIGNIFICANT_DIGITS - whole.toString().length;
  if (places < 0) places = 0;
  const scale = 10n ** BigInt(places);
  rest = roundHalfUp({ numerator: size * scale, denominator });
  if (rest === 0n) return "0";

  const digits = rest.toString().padStart(places + 1, "0");
  const cut = digits.length - places;
  const fraction = digits.slice(cut).replace(/0+$/, "");
  return sign + digits.slice(0, cut) + (fraction === "" ? "" : `.${fraction}`);
}

const SIGNIFICANT_DIGITS = 28;

/** Zeros between the point and the first digit of `rest / denominator`, which is below one. */
function leadingZeros(rest: bigint, denominator: bigint): number {
  let zeros = 0;
  for (let scaled = rest * 10n; scaled < denominator; scaled *= 10n) zeros += 1;
  return zeros;
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a plain decimal such as `-12.0015`. No exponent, no grouping.
 *
 * @returns null when the text is not a plain decimal
 */
export function parseDecimal(text: string): Exact | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign, whole = "0", fraction = ""] = match;
  const size = BigInt(whole + fraction);
  return exact(sign === "-" ? -size : size, 10n ** BigInt(fraction.length));
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
