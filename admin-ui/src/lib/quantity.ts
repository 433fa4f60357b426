import { compareDecimals, readable } from "./decimal";
import { exactly } from "./money";

const LOCALE = "en-US";
const grouped = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 100 });
const storage = new Intl.NumberFormat(LOCALE, {
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
  roundingMode: "halfExpand",
});
const minutes = new Intl.NumberFormat(LOCALE, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  roundingMode: "halfExpand",
});
const percent = new Intl.NumberFormat(LOCALE, { style: "percent", minimumFractionDigits: 0, maximumFractionDigits: 1 });

/** What people call a meter. */
const METER_NAMES: Readonly<Record<string, string>> = {
  generations: "Generations",
  api_calls: "API calls",
  storage: "Storage",
  compute: "Compute",
};

const UNITS: Readonly<Record<string, string>> = {
  generations: "generation",
  api_calls: "call",
  storage: "GB-month",
  compute: "minute",
};

/** What a meter counts, where the API does not say so itself. */
export const unitOf = (meter: string): string => UNITS[meter] ?? "unit";

/** The order of meters wherever they are listed. */
export const METERS = Object.keys(METER_NAMES);

export const meterName = (meter: string): string => METER_NAMES[meter] ?? meter;

/** Every digit there is, grouped. */
export const formatAllDigits = (decimal: string): string => grouped.format(exactly(decimal));

/** All digits, grouped: "12,000.5"; what never ends is cut: "0.333333…". */
export function formatDecimal(decimal: string): string {
  const { digits, isCut } = readable(decimal);
  return formatAllDigits(digits) + (isCut ? "…" : "");
}

/** A quantity of a meter's unit: storage with 3 decimals, minutes with 1, all else as it is. */
export function formatQuantity(quantity: string, unit: string): string {
  if (unit === "GB-month") return storage.format(exactly(quantity));
  if (unit === "minute") return minutes.format(exactly(quantity));
  return formatDecimal(quantity);
}

/** "1 generation", "1,040 generations", "0.500 GB-months". */
export function formatWithUnit(quantity: string, unit: string): string {
  return `${formatQuantity(quantity, unit)} ${unitName(quantity, unit)}`;
}

export const unitName = (quantity: string, unit: string): string =>
  compareDecimals(quantity, "1") === 0 ? unit : `${unit}s`;

/** A share between 0 and 1, in percent. */
export const formatPercent = (share: number): string => percent.format(share);

const GIGABYTE = 1_000_000_000n;

/** Bytes in GB (10^9) with 3 decimals, rounded half up. */
export function formatBytes(bytes: string): string {
  const thousandths = (BigInt(bytes) * 1000n + GIGABYTE / 2n) / GIGABYTE;
  return `${storage.format(exactly(`${thousandths / 1000n}.${(thousandths % 1000n).toString().padStart(3, "0")}`))} GB`;
}

const count = new Intl.NumberFormat(LOCALE);
export const formatCount = (whole: number): string => count.format(whole);

/** "1 event", "12 events". */
export const plural = (whole: number, noun: string): string =>
  `${count.format(whole)} ${whole === 1 ? noun : `${noun}s`}`;
