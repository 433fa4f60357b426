import { isNegative, isZero } from "../../lib/decimal";
import { formatDigits, type MoneyValue } from "../../lib/money";
import { formatDecimal, unitName } from "../../lib/quantity";

type Rating = {
  readonly unit: string;
  readonly included: string;
  readonly billable: string;
  readonly overLimit: string;
};

type Event = {
  readonly action: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly late: boolean;
  readonly amount: MoneyValue;
  readonly ratings: readonly Rating[];
};

/** A late event counts in the period that was open when it came. */
const countsSince = ({ late, occurredAt, recordedAt }: Event): number => Date.parse(late ? recordedAt : occurredAt);

/** What follows when an event is voided, one sentence a line. Only what is certain beforehand is said. */
export function consequencesOf(event: Event, currentPeriodStart: string): string[] {
  const isOpen = countsSince(event) >= Date.parse(currentPeriodStart);
  const lines = isOpen ? openPeriod(event) : closedPeriod(event);
  return [
    ...lines,
    "The event stays in the ledger, marked as voided; that cannot be taken back. Its idempotency key stays used.",
  ];
}

function openPeriod({ action, amount, ratings }: Event): string[] {
  if (action === "STORAGE") return ["The level never stood: storage is estimated again without it."];
  const back = ratings.filter(({ included }) => !isZero(included)).map(({ included, unit }) => words(included, unit));
  return [
    ...(back.length === 0
      ? []
      : [`Back to the allowance: ${joined(back)}. Events after it that paid are rated again and may become included.`]),
    charge(amount, "comes off the open bill."),
  ];
}

function closedPeriod({ action, amount }: Event): string[] {
  const closed = "Its period is closed and stays as it was billed: nothing is rated again.";
  if (action === "STORAGE") return [closed, "What the level cost is credited on the open bill."];
  return [closed, charge(amount, "is credited on the open bill.")];
}

function charge(amount: MoneyValue, follows: string): string {
  if (isZero(amount.amount)) return "It cost nothing, so there is nothing to give back.";
  return isNegative(amount.amount)
    ? `Its amount, ${formatDigits(amount)}, is taken back.`
    : `${formatDigits(amount)} ${follows}`;
}

const words = (quantity: string, unit: string): string => `${formatDecimal(quantity)} ${unitName(quantity, unit)}`;

const joined = (parts: readonly string[]): string => parts.join(" and ");
