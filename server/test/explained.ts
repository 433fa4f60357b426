import { expect } from "vitest";
import { add, exact, parseDecimal, toDecimal, zero } from "../src/kernel/exact.ts";

const EXPLANATION = `explanation { unit used allowance included billable overLimit events amount { amount }
  parts { complexity premium quantity unitPrice { amount } multiplier events amount { amount } } }`;
/** All that lines of an invoice, or of the one to come, say of themselves. */
export const LINES = `lines { id kind meter description quantity estimated periodStart periodEnd amount { amount } exactAmount { amount } roundingDifference { amount } ${EXPLANATION} }`;
const decimal = (text: string) => parseDecimal(text) ?? zero;
const times = (...factors: string[]) =>
  factors.map(decimal).reduce((a, b) => exact(a.numerator * b.numerator, a.denominator * b.denominator), exact(1n));
const adding = (amounts: { amount: string }[]) =>
  toDecimal(amounts.map(({ amount }) => decimal(amount)).reduce(add, zero));

/** What lines say of themselves must hold to the last digit. */
export function expectExplained(lines: any[]): void {
  for (const { exactAmount, amount, roundingDifference } of lines)
    expect(adding([exactAmount, roundingDifference])).toBe(toDecimal(decimal(amount.amount)));
  const others = lines.filter(({ kind }) => kind !== "USAGE");
  expect(others.map(({ explanation }) => explanation)).toEqual(others.map(() => null));

  for (const { meter, exactAmount, explanation } of lines.filter(({ kind }) => kind === "USAGE")) {
    const { parts, used, included, billable, overLimit } = explanation;
    expect([meter, explanation.amount.amount, adding(parts.map((part: any) => part.amount))]).toEqual([
      meter,
      exactAmount.amount,
      exactAmount.amount,
    ]);
    expect(adding(parts.map(({ quantity }: any) => ({ amount: quantity })))).toBe(billable);
    expect(adding([included, billable, overLimit].map((quantity) => ({ amount: quantity })))).toBe(used);
    for (const { quantity, unitPrice, multiplier, amount } of parts.filter((part: any) => part.unitPrice !== null))
      expect(toDecimal(times(quantity, unitPrice.amount, multiplier))).toBe(amount.amount);
  }
}
