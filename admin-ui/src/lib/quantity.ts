import { compareDecimals } from "./decimal";
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

/** The order of meters wherever they are listed. */
export const METERS = Object.keys(METER_NAMES);

export const meterName = (meter: string): string => METER_NAMES[meter] ?? meter;

/** All digits, grouped: "12,000.5". */
export const formatDecimal = (decimal: string): string => grouped.format(exactly(decimal));

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
