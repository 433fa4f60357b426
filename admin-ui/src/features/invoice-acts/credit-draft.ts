import type { CreateCreditNoteInput, CreditInvoiceQuery } from "../../gql/documents";
import { compareDecimals, parseDecimal, subtractDecimals, sumDecimals } from "../../lib/decimal";
import type { MoneyValue } from "../../lib/money";
import { amountFault } from "./amount-fault";
import { creditable } from "./invoice-acts";

type Invoice = CreditInvoiceQuery["invoice"];
export type CreditReason = CreateCreditNoteInput["reason"];

/** A credit note as it is written, before it is asked for. */
export type CreditDraft = {
  readonly scope: "whole" | "lines" | "amount";
  /** What was typed for each line, by its id; empty: the line is not credited. */
  readonly lines: Readonly<Record<string, string>>;
  readonly amount: string;
  readonly refund: boolean;
  readonly reason: CreditReason;
  readonly memo: string;
};

export const EMPTY_DRAFT: CreditDraft = {
  scope: "whole",
  lines: {},
  amount: "",
  refund: true,
  reason: "ORDER_CHANGE",
  memo: "",
};

export const REASONS: Readonly<Record<CreditReason, string>> = {
  ORDER_CHANGE: "The order changed",
  DUPLICATE: "Billed twice",
  PRODUCT_UNSATISFACTORY: "The product did not satisfy",
  FRAUDULENT: "Fraud",
};

const typedLines = ({ lines }: CreditDraft) => Object.entries(lines).filter(([, typed]) => typed.trim() !== "");

/** What can be credited of a line: never more than the line, nor than is left of the bill. */
export function creditableOfLine(line: Invoice["lines"][number], invoice: Invoice): MoneyValue {
  const left = creditable(invoice);
  return compareDecimals(line.amount.amount, left.amount) < 0 ? line.amount : left;
}

/** What is wrong, by field: `amount`, `lines`, or `lines.<id>`. */
export function creditFaults(draft: CreditDraft, invoice: Invoice): Readonly<Record<string, string>> {
  const left = creditable(invoice);
  switch (draft.scope) {
    case "whole":
      return {};
    case "amount": {
      const fault = amountFault(draft.amount, left);
      return fault === null ? {} : { amount: fault };
    }
    case "lines": {
      const typed = typedLines(draft);
      if (typed.length === 0) return { lines: "Enter what is credited of at least one line" };
      const faults = typed.flatMap(([id, text]) => {
        const line = invoice.lines.find((each) => each.id === id);
        const fault = line ? amountFault(text, creditableOfLine(line, invoice)) : null;
        return fault === null ? [] : [[`lines.${id}`, fault] as const];
      });
      if (faults.length > 0) return Object.fromEntries(faults);
      const sum = sumDecimals(typed.map(([, text]) => parseDecimal(text) ?? "0"));
      return compareDecimals(sum, left.amount) > 0
        ? { lines: "Together this is more than is left of the invoice" }
        : {};
    }
  }
}

/** How much is credited; null while a field is wrong. */
export function creditedBy(draft: CreditDraft, invoice: Invoice): MoneyValue | null {
  if (Object.keys(creditFaults(draft, invoice)).length > 0) return null;
  const { currency, amount } = creditable(invoice);
  switch (draft.scope) {
    case "whole":
      return { amount, currency };
    case "amount":
      return { amount: parseDecimal(draft.amount) ?? "0", currency };
    case "lines":
      return { amount: sumDecimals(typedLines(draft).map(([, text]) => parseDecimal(text) ?? "0")), currency };
  }
}

/** What is left to credit, or to pay, after the note. */
export const leftAfter = (credited: MoneyValue, { amount, currency }: MoneyValue): MoneyValue => ({
  amount: subtractDecimals(amount, credited.amount),
  currency,
});

/** What the API is asked for. */
export function creditInput(draft: CreditDraft, invoice: Invoice): CreateCreditNoteInput {
  return {
    organizationId: invoice.organization.id,
    invoiceId: invoice.id,
    refund: invoice.status === "PAID" && draft.refund,
    reason: draft.reason,
    memo: draft.memo.trim() === "" ? null : draft.memo.trim(),
    amount: draft.scope === "amount" ? parseDecimal(draft.amount) : null,
    lines:
      draft.scope === "lines"
        ? typedLines(draft).map(([lineId, text]) => ({ lineId, amount: parseDecimal(text) ?? "0" }))
        : null,
  };
}
