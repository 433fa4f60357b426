import { DAY_MS } from "../kernel/clock.ts";
import { startOfDay } from "../kernel/period.ts";

/** Days after the day of the first payment in which it may be claimed. */
const MONEY_BACK_DAYS = 30;

/**
 * When the money-back guarantee ends: the first instant that is too late. The day of the payment is
 * day 0 in UTC, and all of day 30 is in.
 */
export const moneyBackEnd = (firstPaidAt: Date): Date =>
  new Date(startOfDay(firstPaidAt).getTime() + (MONEY_BACK_DAYS + 1) * DAY_MS);

/** What was paid and given back on one paid invoice so far, in whole minor units. */
export type PaidInvoice = {
  readonly totalMinor: bigint;
  /** Credit notes. */
  readonly creditedMinor: bigint;
  /** What of them went back to a card. */
  readonly creditedToCardMinor: bigint;
  /** Payments by card. */
  readonly paidByCardMinor: bigint;
  /** Payments that the gateway did not see, such as a bank transfer. */
  readonly paidElsewhereMinor: bigint;
  /** Refunds of its payments, with and without a credit note. */
  readonly refundedMinor: bigint;
};

/** How the rest of an invoice is given back: the three parts are one credit note. */
export type GivenBack = {
  readonly toCardMinor: bigint;
  readonly toBalanceMinor: bigint;
  readonly elsewhereMinor: bigint;
};

/**
 * Gives back what is left of a paid invoice, each part the way it came: to the card, by the way it
 * was paid elsewhere, and to the customer's balance what that balance paid.
 *
 * @returns null when nothing is left
 */
export function giveBack(invoice: PaidInvoice): GivenBack | null {
  // A refund without a credit note took money off the invoice that its credits do not show.
  const refundedAlone = atLeastZero(invoice.refundedMinor - invoice.creditedToCardMinor);
  const left = invoice.totalMinor - invoice.creditedMinor - refundedAlone;
  if (left <= 0n) return null;
  const toCardMinor = least(left, atLeastZero(invoice.paidByCardMinor - invoice.refundedMinor));
  const elsewhereMinor = least(left - toCardMinor, invoice.paidElsewhereMinor);
  return { toCardMinor, elsewhereMinor, toBalanceMinor: left - toCardMinor - elsewhereMinor };
}

/** What a credit note over these parts is for. */
export const amountOf = ({ toCardMinor, toBalanceMinor, elsewhereMinor }: GivenBack): bigint =>
  toCardMinor + toBalanceMinor + elsewhereMinor;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const atLeastZero = (amount: bigint): bigint => (amount < 0n ? 0n : amount);
