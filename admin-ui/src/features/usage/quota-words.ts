import type { LimitKind } from "../../gql/documents";
import { compareDecimals, isZero, shareOf, subtractDecimals } from "../../lib/decimal";
import { formatPercent, formatQuantity, formatWithUnit, unitName } from "../../lib/quantity";

export type QuotaFigures = {
  readonly unit: string;
  readonly limit: string | null;
  readonly used: string;
  readonly remaining: string | null;
  readonly limitKind: LimitKind;
};

export type QuotaWords = {
  /** "812 of 1,000 generations". */
  readonly used: string;
  /** "188 left (81.2 % used)", or what happens now that none is. */
  readonly left: string;
  /** How far the bar goes; null where nothing limits. */
  readonly share: number | null;
};

/** Says what a quota means: used, left, and what follows when nothing is left. */
export function quotaWords({ unit, limit, used, remaining, limitKind }: QuotaFigures): QuotaWords {
  if (limit === null) return { used: formatWithUnit(used, unit), left: "Unlimited", share: null };

  const share = shareOf(used, limit);
  const words = `${formatQuantity(used, unit)} of ${formatWithUnit(limit, unit)}`;
  const left = remaining ?? subtractDecimals(limit, used);
  if (compareDecimals(used, limit) < 0 && !isZero(left)) {
    return { used: words, left: `${formatQuantity(left, unit)} left, ${formatPercent(share)} used`, share };
  }

  const past = subtractDecimals(used, limit);
  const none = isZero(past) ? "None left" : `${formatQuantity(past, unit)} ${unitName(past, unit)} past the allowance`;
  return { used: words, left: `${none}: ${FOLLOWS[limitKind]}`, share: Math.max(share, 1) };
}

const FOLLOWS: Readonly<Record<LimitKind, string>> = {
  HARD: "new work is refused until the reset",
  OVERAGE: "more is billed as overage",
  NONE: "nothing is billed",
};
