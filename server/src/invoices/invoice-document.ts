import { exact, parseDecimal, toDecimal, zero } from "../kernel/exact.ts";
import { majorFromNanos } from "../kernel/money.ts";
import type { Period } from "../kernel/period.ts";
import type { Explanation, LinePart } from "./explain-line.ts";
import { dayText, exactText, moneyText, numberText, periodText } from "./document-text.ts";
import type { StoredCreditNote, StoredInvoice, StoredLine, StoredPayment, StoredRefund } from "./stored-invoice.ts";

/** All that an invoice's document is made from. */
export type DocumentSource = {
  readonly seller: readonly string[];
  readonly buyer: { readonly name: string; readonly id: string };
  readonly invoice: StoredInvoice;
  readonly lines: readonly { readonly line: StoredLine; readonly explanation: Explanation | null }[];
  readonly payments: readonly StoredPayment[];
  readonly creditNotes: readonly StoredCreditNote[];
  readonly refunds: readonly StoredRefund[];
};

/** What the document says, in the words that it says it in: the same words make the same document. */
export type InvoiceDocument = {
  readonly title: string;
  readonly status: string;
  readonly statusNote: string;
  readonly facts: readonly Fact[];
  readonly seller: readonly string[];
  readonly buyer: readonly string[];
  readonly lines: readonly {
    readonly what: string;
    readonly period: string;
    readonly quantity: string;
    readonly amount: string;
  }[];
  readonly totals: readonly (Fact & { readonly strong: boolean })[];
  readonly money: readonly { readonly when: string; readonly what: string; readonly amount: string }[];
  readonly annex: readonly AnnexEntry[];
};

export type Fact = { readonly label: string; readonly value: string };

/** How one usage or credit line came about. */
export type AnnexEntry = {
  readonly title: string;
  readonly period: string;
  readonly sentences: readonly string[];
  readonly parts: readonly {
    readonly what: string;
    readonly quantity: string;
    readonly price: string;
    readonly multiplier: string;
    readonly amount: string;
    readonly events: string;
  }[];
  readonly sums: readonly Fact[];
};

/** Puts an invoice into words. Pure: what it says depends on nothing but its source. */
export function invoiceDocument(source: DocumentSource): InvoiceDocument {
  const { invoice, buyer, seller, lines } = source;
  return {
    title: invoice.number === null ? "Invoice" : `Invoice ${invoice.number}`,
    status: invoice.status === "UNCOLLECTIBLE" ? "WRITTEN OFF" : invoice.status,
    statusNote: statusNote(invoice),
    facts: factsOf(invoice),
    seller,
    buyer: [buyer.name, `Customer ${buyer.id}`],
    lines: lines.map(({ line, explanation }) => ({
      what: line.description,
      period: periodText(periodOf(line)),
      quantity: quantityText(line, explanation),
      amount: moneyText(line.amountMinor, line.currency),
    })),
    totals: totalsOf(invoice),
    money: moneyOf(source),
    annex: lines.flatMap(({ line, explanation }) =>
      line.kind === "USAGE" || line.kind === "CREDIT" ? [annexEntry(line, explanation)] : [],
    ),
  };
}

const periodOf = ({ periodStart, periodEnd }: StoredLine): Period => ({ start: periodStart, end: periodEnd });

function statusNote(invoice: StoredInvoice): string {
  switch (invoice.status) {
    case "DRAFT":
      return "This is a draft. It is not issued, it may still change, and nothing is due.";
    case "OPEN":
      return invoice.dueAt === null ? "Issued and not paid." : `Issued and not paid. Due on ${dayText(invoice.dueAt)}.`;
    case "PAID":
      return invoice.paidAt === null ? "Paid." : `Paid on ${dayText(invoice.paidAt)}.`;
    case "VOID":
      return "This invoice is void. Nothing is owed on it.";
    case "UNCOLLECTIBLE":
      return "Not paid, and written off.";
  }
}

const factsOf = (invoice: StoredInvoice): Fact[] => [
  { label: "Number", value: invoice.number ?? "none yet" },
  { label: "Issued", value: invoice.issuedAt === null ? "not issued" : dayText(invoice.issuedAt) },
  ...(invoice.dueAt === null ? [] : [{ label: "Due", value: dayText(invoice.dueAt) }]),
  { label: "Period", value: periodText({ start: invoice.periodStart, end: invoice.periodEnd }) },
  {
    label: "Payment",
    value: invoice.collection === "CARD" ? "by card, charged when due" : "by invoice, within 30 days",
  },
  { label: "Currency", value: invoice.currency },
];

function quantityText(line: StoredLine, explanation: Explanation | null): string {
  const quantity = numberText(parseDecimal(line.quantity) ?? zero);
  return explanation === null ? quantity : `${quantity} ${unitsText(explanation)}`;
}

const plurals = { generations: "generations", api_calls: "calls", storage: "GB-months", compute: "minutes" } as const;
const unitsText = ({ meter }: Explanation): string => plurals[meter];

function totalsOf(invoice: StoredInvoice): InvoiceDocument["totals"] {
  const { currency } = invoice;
  const row = (label: string, minor: bigint, strong = false) => ({ label, value: moneyText(minor, currency), strong });
  const balance = invoice.totalMinor - invoice.amountDueMinor;
  return [
    row("Subtotal", invoice.subtotalMinor),
    row("Tax", invoice.taxMinor),
    row("Total", invoice.totalMinor, true),
    ...(balance === 0n ? [] : [row("Customer balance", -balance)]),
    ...(invoice.creditedMinor === 0n ? [] : [row("Credited", -invoice.creditedMinor)]),
    row("Paid", invoice.amountPaidMinor),
    ...(invoice.refundedMinor === 0n ? [] : [row("Refunded", -invoice.refundedMinor)]),
    row("Still to pay", invoice.status === "VOID" ? 0n : invoice.amountRemainingMinor, true),
  ];
}

/** What was paid, credited and refunded, in the order of time. */
function moneyOf({ payments, creditNotes, refunds }: DocumentSource): InvoiceDocument["money"] {
  const moves = [
    ...payments.map((payment) => ({
      at: payment.paidAt ?? payment.createdAt,
      what: payment.status === "paid" ? "Payment" : `Payment, ${payment.status}`,
      amount: moneyText(payment.amountMinor, payment.currency),
    })),
    ...creditNotes.map((note) => ({
      at: note.createdAt,
      what: [`Credit note ${note.number}${note.status === "void" ? ", void" : ""}`, note.memo]
        .filter(Boolean)
        .join(": "),
      amount: moneyText(-note.amountMinor, note.currency),
    })),
    ...refunds.map((refund) => ({
      at: refund.createdAt,
      what: [`Refund, ${refund.status.replaceAll("_", " ")}`, refund.failureReason].filter(Boolean).join(": "),
      amount: moneyText(-refund.amountMinor, refund.currency),
    })),
  ];
  return moves
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, what, amount }) => ({ when: dayText(at), what, amount }));
}

function annexEntry(line: StoredLine, explanation: Explanation | null): AnnexEntry {
  return {
    title: line.description,
    period: periodText(periodOf(line)),
    sentences: explanation === null ? [CREDIT_SENTENCE] : sentencesOf(explanation),
    parts: explanation?.parts.map((part) => partText(part, line.currency)) ?? [],
    sums: [
      { label: "Exact sum", value: exactMoney(line.exactNanos, line.currency) },
      { label: "Rounded half up to the cent, once", value: moneyText(line.amountMinor, line.currency) },
      { label: "Rounding added", value: exactMoney(line.roundingNanos, line.currency) },
    ],
  };
}

const CREDIT_SENTENCE = "Usage that was billed in an earlier period and proved to be wrong is given back here.";

function sentencesOf(explanation: Explanation): string[] {
  const { used, allowance, included, billable, overLimit, events, meter } = explanation;
  const units = unitsText(explanation);
  const over = overLimit.numerator > 0n ? ` ${numberText(overLimit)} were past a hard limit and are not billed.` : "";
  return [
    `Used: ${numberText(used)} ${units}. Allowance of the plan: ${allowance === null ? "unlimited" : numberText(exact(allowance))}. Included: ${numberText(included)}. Billed: ${numberText(billable)}.${over}`,
    meter === "storage"
      ? "A GB-month is 1,000,000,000 bytes held for the whole period; levels are averaged over time."
      : `Made of ${numberText(exact(events ?? 0n))} events, which the portal lists one by one.`,
  ];
}

const partText = (part: LinePart, currency: string): AnnexEntry["parts"][number] => ({
  what: kindText(part),
  quantity: numberText(part.quantity),
  price: part.unitNanos === null ? "by tiers" : exactMoney(toDecimal(part.unitNanos), currency),
  multiplier: `x ${numberText(part.multiplier)}`,
  amount: exactMoney(toDecimal(part.amount), currency),
  events: part.events === null ? "" : numberText(exact(part.events)),
});

function kindText({ complexity, premium, quantity }: LinePart): string {
  const voided = quantity.numerator === 0n ? "voided" : null;
  const words = [complexity, premium ? "premium model" : null, voided].filter((word) => word !== null);
  return words.length === 0 ? "All use" : words.join(", ");
}

/** A decimal of nano-units as money, with all its places as far as they fit. */
const exactMoney = (nanos: string, currency: string): string =>
  `${currency} ${exactText(majorFromNanos(parseDecimal(nanos) ?? zero))}`;
