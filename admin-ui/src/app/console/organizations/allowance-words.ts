import { shareOf, sumDecimals } from "../../../lib/decimal";
import type { MoneyValue } from "../../../lib/money";
import { formatPercent, meterName } from "../../../lib/quantity";

type Quota = { readonly meter: string; readonly limit: string | null; readonly used: string };

/** The allowance that is used most, as a share and in words: "81.2 % of generations". Null where nothing is limited. */
export function mostUsed(quotas: readonly Quota[]): { readonly share: number; readonly words: string } | null {
  const limited = quotas.flatMap(({ meter, limit, used }) =>
    limit === null ? [] : [{ meter, share: shareOf(used, limit) }],
  );
  const most = limited.toSorted((a, b) => b.share - a.share)[0];
  return most
    ? { share: most.share, words: `${formatPercent(most.share)} of ${lowered(meterName(most.meter))}` }
    : null;
}

const lowered = (name: string) => (name.startsWith("API") ? name : name.toLowerCase());

type MeterAmount = { readonly meter: string; readonly amount: MoneyValue };

/** What counted usage past the allowance costs so far: the figure that the list is sorted by. Storage is an estimate and left out. */
export const countedOverage = (meters: readonly MeterAmount[]): MoneyValue => {
  const counted = meters.filter(({ meter }) => meter !== "storage").map(({ amount }) => amount);
  return { amount: sumDecimals(counted.map(({ amount }) => amount)), currency: counted[0]?.currency ?? "USD" };
};
