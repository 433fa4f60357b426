import type { Comparison_InvoiceFragment } from "../../gql/documents";
import { addDecimals, isZero, multiplyDecimals, negate, subtractDecimals } from "../../lib/decimal";
import { formatAmount, type MoneyValue } from "../../lib/money";
import { plural } from "../../lib/quantity";

type Difference = Omit<NonNullable<Comparison_InvoiceFragment["differences"]>[number], "__typename">;

export type ComparedRow = {
  readonly key: string;
  readonly line: string;
  /** As words where the two sides are no amounts, such as currencies; null: this side has no such line. */
  readonly ours: string | null;
  readonly stripes: string | null;
  /** Stripe's less ours; null where it cannot be told. */
  readonly difference: MoneyValue | null;
  readonly agrees: boolean;
};

type Compared = Pick<Comparison_InvoiceFragment, "differences" | "lines" | "total">;

const WHOLE = /^-?\d+$/;

/** Whole minor units in the major unit. */
const major = (minor: string): string => multiplyDecimals(minor, "0.01");

/** The lines that differ first, each with both sides; then those that agree. */
export function comparedRows({ differences, lines, total }: Compared): readonly ComparedRow[] {
  const { currency } = total;
  const money = (minor: string) => formatAmount({ amount: major(minor), currency });
  const words = (side: string | null) => (side === null ? null : WHOLE.test(side) ? money(side) : side);
  const differing = (differences ?? []).map(({ line, ours, stripes }, index): ComparedRow => {
    const apart = distance({ line, ours, stripes });
    return {
      key: `differs ${index}`,
      line,
      ours: words(ours),
      stripes: words(stripes),
      difference: apart === null ? null : { amount: apart, currency },
      agrees: false,
    };
  });
  // What does not agree is named in the differences by its label; the rest of the draft is as the ledger has it.
  const named = new Map<string, number>();
  for (const { line, stripes } of differences ?? []) if (stripes !== null) named.set(line, (named.get(line) ?? 0) + 1);
  const agreeing = lines.flatMap(({ id, description, amount }): ComparedRow[] => {
    const left = named.get(description) ?? 0;
    if (left > 0) {
      named.set(description, left - 1);
      return [];
    }
    const shown = formatAmount(amount);
    const none = { amount: "0", currency: amount.currency };
    return [{ key: id, line: description, ours: shown, stripes: shown, difference: none, agrees: true }];
  });
  return [...differing, ...agreeing];
}

/** Stripe's amount less ours, in the major unit; a side that has no such line counts as nothing. */
function distance({ ours, stripes }: Difference): string | null {
  const sides = [ours ?? "0", stripes ?? "0"];
  if (!sides.every((side) => WHOLE.test(side))) return null;
  return major(subtractDecimals(stripes ?? "0", ours ?? "0"));
}

/** "2 differences, $0.01 apart". */
export function differenceWords(differences: readonly Difference[], currency: string): string {
  const apart = differences
    .map((difference) => distance(difference))
    .filter((amount) => amount !== null)
    .reduce((sum, amount) => addDecimals(sum, amount.startsWith("-") ? negate(amount) : amount), "0");
  const count = plural(differences.length, "difference");
  return isZero(apart) ? count : `${count}, ${formatAmount({ amount: apart, currency })} apart`;
}
