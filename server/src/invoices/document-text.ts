import { type Exact, toDecimal } from "../kernel/exact.ts";
import { majorFromMinor } from "../kernel/money.ts";
import { type Period, startOfDay } from "../kernel/period.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A UTC day, such as 1 Mar 2026. */
export const dayText = (at: Date): string =>
  `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ""} ${at.getUTCFullYear()}`;

/** A period from its start to its end; with the time of day unless both are at midnight UTC. */
export function periodText({ start, end }: Period): string {
  const whole = [start, end].every((at) => at.getTime() === startOfDay(at).getTime());
  return [start, end].map((at) => (whole ? dayText(at) : `${dayText(at)} ${timeText(at)}`)).join(" to ");
}

const timeText = (at: Date): string => at.toISOString().slice(11, 16);

/** Minor units as money, such as USD 1,234.50. */
export const moneyText = (minor: bigint, currency: string): string => `${currency} ${grouped(majorFromMinor(minor))}`;

/** Places after the point that a document shows: of a quantity, and of an amount, where prices have up to eleven. */
const QUANTITY_PLACES = 8;
const AMOUNT_PLACES = 11;

/** A number with its thousands set apart; one with more places than are shown ends with dots. */
export const numberText = (value: Exact): string => decimalText(toDecimal(value), QUANTITY_PLACES);

/** An exact amount of the major unit, likewise, with two places at least. */
export function exactText(amount: string): string {
  const text = decimalText(amount, AMOUNT_PLACES);
  const point = text.indexOf(".");
  return point < 0 ? `${text}.00` : text.padEnd(point + 3, "0");
}

function decimalText(decimal: string, places: number): string {
  const point = decimal.indexOf(".");
  if (point < 0 || decimal.length - point - 1 <= places) return grouped(decimal);
  return `${grouped(decimal.slice(0, point + 1 + places))}…`;
}

/** Sets apart the thousands of a plain decimal. */
function grouped(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}
