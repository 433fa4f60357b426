import type { InvoiceLine_LineFragment } from "../../gql/documents";
import { compareDecimals, isZero } from "../../lib/decimal";
import { formatAmount, formatDigits } from "../../lib/money";
import { formatDecimal, formatQuantity, formatWithUnit, unitName } from "../../lib/quantity";

type Explanation = NonNullable<InvoiceLine_LineFragment["explanation"]>;
type Part = Explanation["parts"][number];

const ONE = "1";

/** "200 x T1 $0.25 = $50.00", "2,345 calls x $0.001 = $2.345". Where tiers priced a part, its price is left out. */
function partWords({ complexity, premium, quantity, unitPrice, multiplier, amount }: Part, unit: string): string {
  const name = [complexity, premium ? "premium" : null].filter(Boolean).join(" ");
  const count = formatQuantity(quantity, unit);
  const units = `${count} ${name === "" ? unitName(quantity, unit) : name}`;
  if (unitPrice === null) return `${units} = ${formatDigits(amount)}`;
  const price = formatDigits(unitPrice);
  const factor = compareDecimals(multiplier, ONE) === 0 ? "" : ` x ${formatDecimal(multiplier)}`;
  return `${name === "" ? `${units} x ${price}` : `${count} x ${name} ${price}`}${factor} = ${formatDigits(amount)}`;
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

/** "exact $90.00, rounding $0.00". */
export const roundingWords = ({
  exactAmount,
  roundingDifference,
}: Pick<InvoiceLine_LineFragment, "exactAmount" | "roundingDifference">): string =>
  `exact ${formatDigits(exactAmount)}, rounding ${isZero(roundingDifference.amount) ? formatAmount(roundingDifference) : formatDigits(roundingDifference)}`;

/** Four complexities, each with and without premium models. */
const MOST_INLINE = 8;

/** The whole calculation of a usage line in a sentence; null where there is none. What is longer is in the line's own view. */
export function explanationWords(line: InvoiceLine_LineFragment): string | null {
  const { explanation } = line;
  if (!explanation) return null;
  const parts = explanation.parts.map((part) => partWords(part, explanation.unit));
  const shown = parts.length <= MOST_INLINE ? `: ${parts.join(", ")}` : ` in ${parts.length} parts`;
  return `${usedWords(explanation)}${parts.length === 0 ? "" : shown}; ${roundingWords(line)}`;
}
