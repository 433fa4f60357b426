import type { InvoiceMoney_InvoiceFragment } from "../../gql/documents";
import { isZero } from "../../lib/decimal";
import { formatAmount, type MoneyValue } from "../../lib/money";
import type { Tone } from "../../ui/Status";
import { paymentState, refundState } from "./invoice-words";

export type HistoryEntry = {
  readonly id: string;
  readonly what: string;
  readonly detail: string | null;
  readonly at: string;
  readonly state: { readonly label: string; readonly tone: Tone } | null;
  readonly amount: MoneyValue | null;
};

/** All that happened to an invoice, oldest first. */
export function historyOf(invoice: InvoiceMoney_InvoiceFragment): readonly HistoryEntry[] {
  const entries = [
    ...steps(invoice),
    ...invoice.payments.map(({ id, status, createdAt, paidAt, amount }) => ({
      id,
      what: "Payment",
      detail: null,
      at: paidAt ?? createdAt,
      state: paymentState(status),
      amount,
    })),
    ...invoice.creditNotes.map((note) => ({
      id: note.id,
      what: `Credit note ${note.number}`,
      detail: [whereTo(note), note.memo].filter(Boolean).join(" ") || null,
      at: note.createdAt,
      state:
        note.status === "void" ? { label: "Void", tone: "plain" as const } : { label: "Issued", tone: "info" as const },
      amount: note.amount,
    })),
    ...invoice.refunds.map(({ id, status, failureReason, createdAt, amount }) => ({
      id,
      what: "Refund",
      detail: failureReason,
      at: createdAt,
      state: refundState(status),
      amount,
    })),
  ];
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function steps({ id, createdAt, issuedAt, closedAt, status }: InvoiceMoney_InvoiceFragment): HistoryEntry[] {
  const step = (name: string, what: string, at: string): HistoryEntry => ({
    id: `${id}:${name}`,
    what,
    detail: null,
    at,
    state: null,
    amount: null,
  });
  return [
    step("drafted", "Drafted", createdAt),
    ...(issuedAt === null ? [] : [step("issued", "Issued", issuedAt)]),
    ...(closedAt === null ? [] : [step("closed", status === "VOID" ? "Withdrawn" : "Written off", closedAt)]),
  ];
}

type Note = InvoiceMoney_InvoiceFragment["creditNotes"][number];

function whereTo({ refund, toBalance, outOfBand }: Note): string {
  const parts = [
    [refund, "to where it was paid from"],
    [toBalance, "to the balance for later invoices"],
    [outOfBand, "settled elsewhere"],
  ] as const;
  const named = parts.filter(([amount]) => !isZero(amount.amount));
  return named.length === 0 ? "" : `${named.map(([amount, where]) => `${formatAmount(amount)} ${where}`).join(", ")}.`;
}
