import type { LimitKind, NoForecast } from "../../gql/documents";
import { compareDecimals } from "../../lib/decimal";
import { formatInstant, formatShortDay } from "../../lib/instant";
import { formatBrief, type MoneyValue } from "../../lib/money";
import { formatWithUnit } from "../../lib/quantity";

export type ForecastFigures = {
  readonly unit: string;
  readonly used: string;
  readonly allowance: string | null;
  readonly limitKind: LimitKind;
  readonly expected: string | null;
  readonly reachedAt: string | null;
  readonly expectedAmount: MoneyValue | null;
  readonly reason: NoForecast | null;
  /** How many days the pace is taken from; null where the present level goes on. */
  readonly days: number | null;
  readonly periodEnd: string;
};

export type ForecastWords = {
  readonly sentence: string;
  /** The allowance is not used up yet and will be before the period ends. */
  readonly ends: boolean;
};

const NONE: Readonly<Record<NoForecast, string>> = {
  TOO_EARLY: "Too early to tell: a forecast needs three whole days of the period.",
  NOT_RUNNING: "Nothing is expected while the subscription does not run.",
};

/** Says what a meter comes to by the end of the period, when its allowance ends, and what follows from that. */
export function forecastWords(forecast: ForecastFigures): ForecastWords {
  const { unit, used, allowance, limitKind, expected, reachedAt, expectedAmount, reason, days, periodEnd } = forecast;
  if (expected === null || expectedAmount === null) return { sentence: NONE[reason ?? "TOO_EARLY"], ends: false };

  const basis = days === null ? "At the present level" : `At the pace of the last ${days} days`;
  const about = `${basis}, about ${formatWithUnit(expected, unit)} by ${formatShortDay(periodEnd)}`;
  if (allowance === null) return { sentence: `${about}. Nothing limits it.`, ends: false };
  if (compareDecimals(expected, allowance) <= 0) return { sentence: `${about}: within the allowance.`, ends: false };

  const isUsedUp = compareDecimals(used, allowance) >= 0 && days !== null;
  const follows =
    limitKind === "HARD"
      ? `new work is refused until ${formatShortDay(periodEnd)}`
      : `the overage of this period comes to about ${formatBrief(expectedAmount)}`;
  if (isUsedUp) return { sentence: `${about}. The allowance is used up: ${follows}.`, ends: false };
  const until = reachedAt === null ? "Work under way uses up the allowance" : lasts(reachedAt);
  return { sentence: `${about}. ${until}; then ${follows}.`, ends: true };
}

const lasts = (at: string): string => `The allowance lasts until ${formatInstant(at)}`;
