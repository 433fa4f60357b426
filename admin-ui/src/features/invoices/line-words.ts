import type { InvoiceLine_LineFragment } from "../../gql/documents";
import { compareDecimals, isZero } from "../../lib/decimal";
import { formatAmount, formatDigits } from "../../lib/money";
import { formatDecimal, formatQuantity, formatWithUnit, unitName } from "../../lib/quantity";

type Explanation = NonNullable<InvoiceLine_LineFragment["explanation"]>;
type Part = Explanation["parts"][number];

const ONE = "1";

/** "200 x T1 $0.25 = $50.00". Where tiers priced a part, its price is left out. */
export function partWords(part: Part, unit: string): string {
  const { complexity, premium, quantity, unitPrice, multiplier, amount } = part;
  const name = [complexity, premium ? "premium" : null].filter(Boolean).join(" ");
  const isPlain = compareDecimals(multiplier, ONE) === 0;
  const what = name === "" ? unitName(quantity, unit) : name;
  const count = formatQuantity(quantity, unit);
  if (unitPrice === null) return `${count} ${what} = ${formatDigits(amount)}`;
  const factor = isPlain ? "" : ` x ${formatDecimal(multiplier)}`;
  return `${count} x ${what} ${formatDigits(unitPrice)}${factor} = ${formatDigits(amount)}`;
}

/** "1,240 generations: 1,000 included, 240 billable". */
export function usedWords({ unit, used, included, billable, overLimit }: Omit<Explanation, "parts">): string {
  const shares = [
    `${formatQuantity(included, unit)} included`,
    `${formatQuantity(billable, unit)} billable`,
    ...(isZero(overLimit) ? [] : [`${formatQuantity(overLimit, unit)} over the limit, not billed`]),
  ];
  return `${formatWithUnit(used, unit)}: ${shares.join(", ")}`;
}

/** "Exact $90.00, rounding $0.00". */
export const roundingWords = ({
  exactAmount,
  roundingDifference,
}: Pick<InvoiceLine_LineFragment, "exactAmount" | "roundingDifference">): string =>
  `Exact ${formatDigits(exactAmount)}, rounding ${isZero(roundingDifference.amount) ? formatAmount(roundingDifference) : formatDigits(roundingDifference)}`;

const MOST_INLINE = 6;

/** The whole calculation of a usage line in a sentence; null where there is none. What is longer is in the line's own view. */
export function explanationWords(line: InvoiceLine_LineFragment): string | null {
  const { explanation } = line;
  if (!explanation) return null;
  const parts = explanation.parts.map((part) => partWords(part, explanation.unit));
  const shown = parts.length <= MOST_INLINE ? `: ${parts.join(", ")}` : ` in ${parts.length} parts`;
  return `${usedWords(explanation)}${parts.length === 0 ? "" : shown}. ${roundingWords(line)}.`;
}
