import type { InvoiceRow_InvoiceFragment } from "../../gql/documents";
import { compareDecimals, isZero } from "../../lib/decimal";
import { formatDay, formatInstant } from "../../lib/instant";
import { formatAmount } from "../../lib/money";
import type { Tone } from "../../ui/Status";

type Standing = Pick<
  InvoiceRow_InvoiceFragment,
  | "status"
  | "verifying"
  | "disputed"
  | "collection"
  | "attempts"
  | "nextAttemptAt"
  | "issuedAt"
  | "dueAt"
  | "paidAt"
  | "closedAt"
  | "total"
  | "amountPaid"
  | "amountRemaining"
  | "credited"
>;

export type InvoiceState = {
  readonly label: string;
  readonly tone: Tone;
  /** What it means, and what is to be done. */
  readonly sentence: string;
};

/** Whether money is asked for: only then is there anything to pay. */
export const isOwed = ({ status, amountRemaining }: Pick<Standing, "status" | "amountRemaining">): boolean =>
  status === "OPEN" && !isZero(amountRemaining.amount);

/** How an invoice stands, for the customer. */
export function invoiceState(invoice: Standing, now: number): InvoiceState {
  switch (invoice.status) {
    case "DRAFT":
      return invoice.verifying
        ? { label: "Being verified", tone: "plain", sentence: "It is being verified. There is nothing to do." }
        : { label: "Draft", tone: "plain", sentence: "It is not issued yet and may still change." };
    case "OPEN":
      return openState(invoice, now);
    case "PAID":
      return paidState(invoice);
    case "VOID":
      return {
        label: "Void",
        tone: "plain",
        sentence: `Withdrawn${on(invoice.closedAt)}: nothing is owed.`,
      };
    case "UNCOLLECTIBLE":
      return {
        label: "Written off",
        tone: "plain",
        sentence: `Written off${on(invoice.closedAt)}: it was not paid, and is not collected any more.`,
      };
  }
}

function openState(
  { amountRemaining, attempts, nextAttemptAt, dueAt, collection }: Standing,
  now: number,
): InvoiceState {
  const owed = formatAmount(amountRemaining);
  if (collection === "CARD" && attempts > 0) {
    const next =
      nextAttemptAt === null ? "It is not tried again by itself." : `The next try is ${formatInstant(nextAttemptAt)}.`;
    return {
      label: "Payment failed",
      tone: "bad",
      sentence: `${owed} could not be charged${attempts > 1 ? `, ${attempts} times` : ""}. ${next}`,
    };
  }
  if (dueAt === null) return { label: "Open", tone: "warn", sentence: `${owed} is to be paid.` };
  const isOverdue = Date.parse(dueAt) <= now;
  return isOverdue
    ? { label: "Overdue", tone: "bad", sentence: `${owed} was due ${formatDay(dueAt)}.` }
    : { label: "Open", tone: "warn", sentence: `${owed} is due ${formatDay(dueAt)}.` };
}

function paidState({ paidAt, total, credited, disputed }: Standing): InvoiceState {
  const paid = isZero(total.amount) ? "There was nothing to pay." : `Paid${on(paidAt)}.`;
  if (disputed)
    return {
      label: "Disputed",
      tone: "warn",
      sentence: `${paid} The bank has asked for the payment back; until that is settled nothing is refunded.`,
    };
  if (isZero(credited.amount)) return { label: "Paid", tone: "good", sentence: paid };
  return compareDecimals(credited.amount, total.amount) >= 0
    ? { label: "Given back", tone: "info", sentence: `${paid} All of it was given back.` }
    : { label: "Paid", tone: "good", sentence: `${paid} ${formatAmount(credited)} of it was given back.` };
}

const on = (instant: string | null): string => (instant === null ? "" : ` on ${formatDay(instant)}`);

const REASONS: Readonly<Record<string, string>> = {
  subscription_create: "Start of a plan",
  subscription_cycle: "Renewal",
  subscription_update: "Change of plan",
  manual: "By agreement",
};

/** What an invoice was made for. */
export const reasonOf = (reason: string): string => REASONS[reason] ?? "Subscription";

const PAYMENTS: Readonly<Record<string, { label: string; tone: Tone }>> = {
  paid: { label: "Paid", tone: "good" },
  open: { label: "Not paid yet", tone: "warn" },
  canceled: { label: "Canceled", tone: "plain" },
};

const REFUNDS: Readonly<Record<string, { label: string; tone: Tone }>> = {
  succeeded: { label: "Refunded", tone: "good" },
  pending: { label: "On its way", tone: "info" },
  requires_action: { label: "Waits for the bank", tone: "warn" },
  failed: { label: "Failed", tone: "bad" },
  canceled: { label: "Canceled", tone: "plain" },
};

export const paymentState = (status: string) => PAYMENTS[status] ?? { label: status, tone: "plain" as const };
export const refundState = (status: string) => REFUNDS[status] ?? { label: status, tone: "plain" as const };
