import type { UsageEventDetailQuery } from "../../gql/documents";
import { addDecimals, agree, compareDecimals, isZero, multiplyDecimals } from "../../lib/decimal";
import { formatDigits } from "../../lib/money";
import { formatDecimal, unitName } from "../../lib/quantity";

export type DetailedEvent = UsageEventDetailQuery["organization"]["usageEvent"];
export type MeterRating = DetailedEvent["ratings"][number];

type Circumstances = Pick<DetailedEvent, "trial" | "failed" | "voidedAt">;

/**
 * How the amount of one meter came about, one sentence a step. The figures are the server's; a multiplication is shown
 * only where it gives the recorded amount exactly.
 */
export function ratingSteps(rating: MeterRating, { trial, failed, voidedAt }: Circumstances): string[] {
  const { meter, unit, quantity, included, billable, overLimit } = rating;
  const steps = [
    `It counts as ${exactWithUnit(quantity, unit)}${meter === "compute" ? ", past the first minute of its task" : ""}.`,
  ];
  if (failed) return [...steps, "The work failed: it is not billed and takes nothing from the allowance."];
  if (trial) return [...steps, "It came during the trial: recorded and rated at zero."];

  steps.push(standing(rating));
  if (!isZero(included)) steps.push(`${exactWithUnit(included, unit)} included: nothing to pay.`);
  if (!isZero(billable)) steps.push(`${exactWithUnit(billable, unit)} billable: ${ended(price(rating))}`);
  if (!isZero(overLimit)) steps.push(`${exactWithUnit(overLimit, unit)} over the plan's limit: recorded, not billed.`);
  if (voidedAt !== null) steps.push("The event was voided: its units and its amount were given back.");
  return steps;
}

/** A figure that was cut ends its sentence by itself. */
const ended = (sentence: string): string => (sentence.endsWith("…") ? sentence : `${sentence}.`);

/** All digits: a step has to add up for whoever checks it. */
const exactWithUnit = (quantity: string, unit: string): string =>
  `${formatDecimal(quantity)} ${unitName(quantity, unit)}`;

function standing({ unit, usedBefore, allowance, quantity }: MeterRating): string {
  if (allowance === null) return "The plan includes this without limit.";
  if (isZero(allowance)) return `The plan includes no ${unit}s.`;
  const isOne = compareDecimals(quantity, "1") === 0 && !usedBefore.includes(".");
  return isOne
    ? `It was number ${formatDecimal(addDecimals(usedBefore, "1"))} of the period; ${formatDecimal(allowance)} are included.`
    : `${formatDecimal(usedBefore)} of ${exactWithUnit(allowance, unit)} were used before it.`;
}

function price({ unit, billable, unitPrice, multiplier, amount }: MeterRating): string {
  const total = formatDigits(amount);
  if (unitPrice === null) return `by the plan's price, ${total}`;
  const product = multiplyDecimals(multiplyDecimals(billable, unitPrice.amount), multiplier);
  if (!agree(product, amount.amount)) return `${formatDigits(unitPrice)} a ${unit} when it came, ${total} now`;
  const factor = compareDecimals(multiplier, "1") === 0 ? "" : ` x ${formatDecimal(multiplier)} (premium model)`;
  return `${formatDecimal(billable)} x ${formatDigits(unitPrice)}${factor} = ${total}`;
}
