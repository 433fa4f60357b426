import type { InvoiceActs_InvoiceFragment } from "../../gql/documents";
import { compareDecimals, isZero, subtractDecimals } from "../../lib/decimal";
import { formatInstant } from "../../lib/instant";
import { formatAmount, type MoneyValue } from "../../lib/money";

type Invoice = Omit<InvoiceActs_InvoiceFragment, " $fragmentName">;

/** What staff do with a bill as a whole, with a reason and nothing else to fill in. */
export type PlainAct = "recheck" | "collect" | "remind" | "writeOff" | "void";
export type InvoiceAct = PlainAct | "credit" | "refund";

const least = (a: string, b: string): string => (compareDecimals(a, b) <= 0 ? a : b);

/** What of a bill can still be taken off by a credit note. */
export function creditable({
  status,
  total,
  credited,
  amountRemaining,
}: Pick<Invoice, "status" | "total" | "credited" | "amountRemaining">): MoneyValue {
  const left = subtractDecimals(total.amount, credited.amount);
  const { currency } = total;
  if (status === "OPEN") return { amount: least(left, amountRemaining.amount), currency };
  return { amount: status === "PAID" ? left : "0", currency };
}

/** What was paid and has not gone back. */
export const refundable = ({ amountPaid, refunded }: Pick<Invoice, "amountPaid" | "refunded">): MoneyValue => ({
  amount: subtractDecimals(amountPaid.amount, refunded.amount),
  currency: amountPaid.currency,
});

const isSome = ({ amount }: MoneyValue): boolean => compareDecimals(amount, "0") > 0;

/** What can be done with a bill as it stands, the most likely first. */
export function possibleActs(invoice: Invoice): readonly InvoiceAct[] {
  switch (invoice.status) {
    case "DRAFT":
      return invoice.heldAt === null ? [] : ["recheck"];
    case "OPEN":
      return [
        // One that is sent is asked for first; one that the card pays is charged first.
        ...(invoice.collection === "INVOICE" ? (["remind", "collect"] as const) : (["collect", "remind"] as const)),
        ...(isSome(creditable(invoice)) ? (["credit"] as const) : []),
        "writeOff",
        "void",
      ];
    case "PAID":
      return [
        ...(isSome(creditable(invoice)) ? (["credit"] as const) : []),
        ...(isSome(refundable(invoice)) && !invoice.disputed ? (["refund"] as const) : []),
      ];
    case "UNCOLLECTIBLE":
      return ["collect", "void"];
    case "VOID":
      return [];
  }
}

export type ActWords = {
  /** In a menu. */
  readonly label: string;
  /** On the button that does it. */
  readonly verb: string;
  readonly dangerous: boolean;
};

export const ACTS: Readonly<Record<InvoiceAct, ActWords>> = {
  recheck: { label: "Re-check", verb: "Re-check", dangerous: false },
  collect: { label: "Collect again", verb: "Collect", dangerous: false },
  remind: { label: "Send a reminder", verb: "Send", dangerous: false },
  writeOff: { label: "Mark as uncollectible", verb: "Mark as uncollectible", dangerous: true },
  void: { label: "Void", verb: "Void the invoice", dangerous: true },
  credit: { label: "Credit note", verb: "Credit", dangerous: true },
  refund: { label: "Refund", verb: "Refund", dangerous: true },
};

/** What a bill is called in sentences. */
export const nameOf = ({ number }: Pick<Invoice, "number">): string => number ?? "the draft";

/** What an act does, and what it does not, with the amounts of this bill. */
export function consequencesOf(act: PlainAct, invoice: Invoice): readonly string[] {
  const { amountRemaining, organization, nextAttemptAt } = invoice;
  const owed = formatAmount(amountRemaining);
  const card = organization.subscription.paymentMethod;
  switch (act) {
    case "recheck":
      return [
        "Stripe's draft is read again and compared with the ledger, line by line.",
        "It is finalized and collected when all lines agree to the cent. Else it stays held.",
      ];
    case "collect":
      return [
        card
          ? `${owed} is charged to ${organization.name}'s ${card.brand} card ending in ${card.last4} now.`
          : `${owed} is charged to the card on file now. We know of none: Stripe may refuse.`,
        "When it is paid, a past-due subscription is active again, with all its access.",
        nextAttemptAt === null
          ? "It is not tried again by itself."
          : `When it fails, the next try stays ${formatInstant(nextAttemptAt)}.`,
      ];
    case "remind":
      return [
        `Stripe mails the invoice over ${owed} with its payment page to ${organization.name} once more.`,
        "Nothing is charged, and no date moves.",
      ];
    case "writeOff":
      return [
        `${owed} counts as not collectible from now on. It is not tried again.`,
        "The invoice can still be paid or voided. The subscription does not end by this.",
      ];
    case "void":
      return [
        `${organization.name} owes ${owed} less: the remaining balance is ${formatAmount({ amount: "0", currency: amountRemaining.currency })}.`,
        "The number stays in the books, the invoice asks for no money any more. It cannot be taken back.",
        ...(isZero(invoice.amountPaid.amount) ? [] : [`${formatAmount(invoice.amountPaid)} that was paid stays paid.`]),
      ];
  }
}

/** What is said when it is done. */
export function doneWords(act: PlainAct, invoice: Invoice): string {
  const name = nameOf(invoice);
  switch (act) {
    case "recheck":
      return `${name.charAt(0).toUpperCase()}${name.slice(1)} agrees with the ledger and was issued.`;
    case "collect":
      return `${name} was collected.`;
    case "remind":
      return `${name} was sent again.`;
    case "writeOff":
      return `${name} is marked as uncollectible.`;
    case "void":
      return `${name} is void.`;
  }
}
