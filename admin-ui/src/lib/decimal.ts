/**
 * Arithmetic on the API's decimal strings, exact: a decimal is a whole number of units of its last digit.
 * No amount ever becomes a `number`; `shareOf` gives one for pixels only.
 */
type Scaled = { readonly units: bigint; readonly scale: number };

const PATTERN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

function toScaled(decimal: string): Scaled {
  const match = PATTERN.exec(decimal);
  if (!match) throw new RangeError(`not a decimal: ${decimal}`);
  const [, sign, whole = "0", fraction = ""] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === "-" ? -units : units, scale: fraction.length };
}

function toDecimal({ units, scale }: Scaled): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  const sign = units < 0n ? "-" : "";
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

function aligned(a: string, b: string): readonly [bigint, bigint, number] {
  const [left, right] = [toScaled(a), toScaled(b)];
  const scale = Math.max(left.scale, right.scale);
  const raise = ({ units, scale: own }: Scaled) => units * 10n ** BigInt(scale - own);
  return [raise(left), raise(right), scale];
}

export function addDecimals(a: string, b: string): string {
  const [left, right, scale] = aligned(a, b);
  return toDecimal({ units: left + right, scale });
}

export const sumDecimals = (decimals: readonly string[]): string => decimals.reduce(addDecimals, "0");

export const subtractDecimals = (a: string, b: string): string => addDecimals(a, negate(b));

export const negate = (decimal: string): string => {
  const { units, scale } = toScaled(decimal);
  return toDecimal({ units: -units, scale });
};

export function multiplyDecimals(a: string, b: string): string {
  const [left, right] = [toScaled(a), toScaled(b)];
  return toDecimal({ units: left.units * right.units, scale: left.scale + right.scale });
}

/** Negative, zero or positive, as `a` is less than, equal to or more than `b`. */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What the ledger keeps exactly: billionths of a cent. */
const LEDGER_DIGITS = 11;
const SHOWN_DIGITS = 6;

/**
 * A decimal as people read it: with all its digits, unless a division left more of them than the ledger keeps; then the
 * first six and three dots.
 */
export function readable(decimal: string): { readonly digits: string; readonly isCut: boolean } {
  const { units, scale } = toScaled(toDecimal(toScaled(decimal)));
  if (scale <= LEDGER_DIGITS) return { digits: decimal, isCut: false };
  return {
    digits: toDecimal({ units: units / 10n ** BigInt(scale - SHOWN_DIGITS), scale: SHOWN_DIGITS }),
    isCut: true,
  };
}

/** Whether two decimals are the same, as far as the ledger keeps them. */
export function agree(a: string, b: string): boolean {
  const [left, right, scale] = aligned(a, b);
  const distance = left > right ? left - right : right - left;
  return scale <= LEDGER_DIGITS ? distance === 0n : distance < 10n ** BigInt(scale - LEDGER_DIGITS);
}

export const isZero = (decimal: string): boolean => toScaled(decimal).units === 0n;

export const isNegative = (decimal: string): boolean => toScaled(decimal).units < 0n;

/** What part of `whole` `part` is, for the width of a bar; above 1 when it is more than all of it. */
export function shareOf(part: string, whole: string): number {
  const [left, right] = aligned(part, whole);
  if (right <= 0n) return left > 0n ? 1 : 0;
  return Number((left * 10_000n) / right) / 10_000;
}

/** For the height of a column in a chart, and nothing else. */
export const toPixels = (decimal: string): number => Number(decimal);

/** A decimal as people type or paste it ("1,000.50", " $ 12 "), or null. */
export function parseDecimal(text: string): string | null {
  const plain = text.replace(/[\s,$]/g, "");
  return PATTERN.test(plain) ? toDecimal(toScaled(plain)) : null;
}
