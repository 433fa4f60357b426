import type { EventLedger_EventFragment } from "../../gql/documents";
import { compareDecimals, isZero, subtractDecimals, sumDecimals } from "../../lib/decimal";
import { formatPeriod } from "../../lib/instant";
import { formatAmount, formatDigits, type MoneyValue } from "../../lib/money";
import { formatDecimal, formatWithUnit, meterName } from "../../lib/quantity";

type Event = EventLedger_EventFragment;
type Rating = Event["ratings"][number];
type Charge = NonNullable<Event["charges"]>[number];

export type LedgerStep = {
  readonly id: string;
  readonly what:
    | "Accepted"
    | "Rated"
    | "Rated again"
    | "Voided"
    | "Charged"
    | "Invoiced"
    | "To be invoiced"
    | "Left out";
  /** Null for what is still to come. */
  readonly at: string | null;
  readonly words: readonly string[];
  /** The bill that it led to. */
  readonly invoice: { readonly id: string; readonly number: string | null; readonly lineId: string | null } | null;
};

/** The way of an event to the bill: each step that was taken, in the order they were, and the one to come. */
export function ledgerOf(event: Event): readonly LedgerStep[] {
  const { id, recordedAt, voidedAt, charges } = event;
  const taken: LedgerStep[] = [
    step(`${id}:accepted`, "Accepted", recordedAt, acceptedWords(event)),
    ...event.ratings.map((rating) => step(`${id}:${rating.meter}`, "Rated", recordedAt, ratedWords(event, rating))),
    ...(voidedAt === null ? [] : [step(`${id}:voided`, "Voided", voidedAt, voidedWords(event))]),
    ...event.ratings.flatMap(({ meter, adjustments }) =>
      adjustments.map((change) =>
        step(change.id, "Rated again", change.at, [
          `${meterName(meter)}: ${change.reason}.`,
          `Included ${signed(formatDecimal(change.included))}, billable ${signed(formatDecimal(change.billable))}, ${signed(formatDigits(change.amount))}.`,
        ]),
      ),
    ),
    ...(charges ?? []).flatMap(chargeSteps),
  ];
  return [...taken.toSorted((a, b) => Date.parse(a.at ?? "") - Date.parse(b.at ?? "")), ...comingOf(event)];
}

const step = (
  id: string,
  what: LedgerStep["what"],
  at: string | null,
  words: readonly string[],
  invoice: LedgerStep["invoice"] = null,
): LedgerStep => ({ id, what, at, words, invoice });

function acceptedWords({ late, period }: Event): string[] {
  return [
    `Counts in the period ${formatPeriod(period.start, period.end)} of ${period.plan.name}.`,
    ...(late ? ["The period it happened in was closed when it came."] : []),
  ];
}

/** As it was rated when it came: today's figures without what has changed since. */
function ratedWords({ trial, failed }: Event, rating: Rating): string[] {
  const { meter, unit, quantity, included, billable, unitPrice, multiplier, amount, adjustments } = rating;
  const then = (now: string, changes: readonly string[]) => subtractDecimals(now, sumDecimals(changes));
  const includedThen = then(
    included,
    adjustments.map((change) => change.included),
  );
  const billableThen = then(
    billable,
    adjustments.map((change) => change.billable),
  );
  const amountThen = {
    ...amount,
    amount: then(
      amount.amount,
      adjustments.map((change) => change.amount.amount),
    ),
  };
  const isWhole = adjustments.length === 0;
  const price = unitPrice && `${formatDigits(unitPrice)} each${multiplier === "1" ? "" : ` x ${multiplier}`}`;
  return [
    `${meterName(meter)}: ${isWhole ? `${formatWithUnit(quantity, unit)}, ` : ""}${formatDecimal(includedThen)} included, ${formatDecimal(billableThen)} billable${price === null ? "" : ` at ${price}`}: ${formatDigits(amountThen)}.`,
    ...(trial ? ["On a trial nothing is billed."] : []),
    ...(failed ? ["It failed, so nothing is billed."] : []),
  ];
}

function voidedWords({ voidReason, voidedBy, ratings }: Event): string[] {
  const back = sumDecimals(ratings.flatMap(({ adjustments }) => adjustments.map(({ amount }) => amount.amount)));
  return [
    `${voidedBy === null ? "" : `By ${voidedBy}: `}${voidReason ?? "no reason was given"}.`,
    ...(compareDecimals(back, "0") < 0
      ? [`It takes ${formatDigits({ amount: back.slice(1), currency: "USD" })} back.`]
      : ["It had cost nothing."]),
  ];
}

const ROUTES: Readonly<Record<string, string>> = {
  invoice_item: "as an item of its own",
  stripe_meter: "by a meter of Stripe's",
};

function chargeSteps(charge: Charge): LedgerStep[] {
  const { id, kind, meter, route, state, excludedReason, createdAt, amount, invoice, lineId } = charge;
  const name = kind === "CREDIT" ? `Credit for ${meterName(meter)}` : meterName(meter);
  const fixed = step(`${id}:charged`, "Charged", createdAt, [
    `${name}: ${shareOfLine(charge.share, amount)}, ${ROUTES[route] ?? route}.`,
  ]);
  if (state === "EXCLUDED") return [fixed, step(`${id}:out`, "Left out", createdAt, [excludedReason ?? "Not billed."])];
  if (!invoice) return [fixed];
  const billed = step(`${id}:invoiced`, "Invoiced", invoice.createdAt, [`${name}, ${formatAmount(amount)} in all.`], {
    id: invoice.id,
    number: invoice.number,
    lineId,
  });
  return [fixed, billed];
}

const shareOfLine = (share: MoneyValue | null, line: MoneyValue): string =>
  share === null ? `a line of ${formatAmount(line)}` : `${formatDigits(share)} of a line of ${formatAmount(line)}`;

/** What is still to come: the close of the period, or an invoice for what was charged. */
function comingOf({ id, period, charges, ratings, action, trial, failed }: Event): LedgerStep[] {
  if (charges === null) return [];
  const open = charges.filter(({ state }) => state === "PENDING");
  if (open.length > 0) return [step(`${id}:next`, "To be invoiced", null, ["The next invoice takes it."])];
  if (!period.open || trial || failed) return [];
  const costs = action === "STORAGE" || ratings.some(({ amount }) => !isZero(amount.amount));
  return costs
    ? [step(`${id}:next`, "To be invoiced", null, ["After the period has ended, with all its other usage."])]
    : [];
}

const signed = (figure: string): string => (figure.startsWith("-") ? figure : `+${figure}`);
