import { type Exact, exact, parseDecimal, toDecimal, zero } from "../kernel/exact.ts";
import { majorFromMinor, majorFromNanos } from "../kernel/money.ts";
import type { Period } from "../kernel/period.ts";
import { type MoneyType, moneyFromMinor, moneyFromNanos } from "../platform/graphql/money.type.ts";
import { meterUnit } from "../rating/meter.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import type { CurrentUsage } from "../usage/period-usage.loader.ts";
import type { PeriodOf } from "../usage/read-totals.ts";
import type { Explanation, LinePart } from "./explain-line.ts";
import type {
  CreditNoteType,
  InvoiceLineExplanationType,
  InvoiceLinePartType,
  InvoiceLineType,
  InvoicePaymentType,
  InvoiceType,
  RefundType,
} from "./invoice.type.ts";
import {
  isBeingVerified,
  type StoredCreditNote,
  type StoredInvoice,
  type StoredLine,
  type StoredPayment,
  type StoredRefund,
} from "./stored-invoice.ts";
import type { Line } from "./upcoming-invoice.ts";

/** A line with what it takes to open it: its period, and that period's usage when it is still open. */
export type LineView = InvoiceLineType & {
  readonly usage: { readonly period: PeriodOf; readonly current: CurrentUsage | null } | null;
};

/** An invoice with what it takes to read the rest of it. */
export type InvoiceView = InvoiceType & { readonly stored: StoredInvoice };

const money =
  (currency: string) =>
  (minor: bigint): MoneyType => ({ amount: majorFromMinor(minor), currency });

/** Where the PDF of an invoice is. */
const pdfPath = (id: string): string => `/invoices/${id}.pdf`;

export function invoiceView(stored: StoredInvoice): InvoiceView {
  const amount = money(stored.currency);
  return {
    stored,
    id: stored.id,
    number: stored.number,
    status: stored.status,
    reason: stored.reason,
    collection: stored.collection,
    periodStart: stored.periodStart,
    periodEnd: stored.periodEnd,
    subtotal: amount(stored.subtotalMinor),
    tax: amount(stored.taxMinor),
    total: amount(stored.totalMinor),
    amountDue: amount(stored.amountDueMinor),
    amountPaid: amount(stored.amountPaidMinor),
    amountRemaining: amount(stored.amountRemainingMinor),
    credited: amount(stored.creditedMinor),
    refunded: amount(stored.refundedMinor),
    hostedUrl: stored.hostedUrl,
    pdfPath: pdfPath(stored.id),
    verifying: isBeingVerified(stored),
    disputed: stored.disputed,
    attempts: stored.attemptCount,
    nextAttemptAt: stored.nextAttemptAt,
    createdAt: stored.createdAt,
    issuedAt: stored.issuedAt,
    dueAt: stored.dueAt,
    paidAt: stored.paidAt,
    closedAt: stored.closedAt,
  };
}

/** A line of the next invoice. @param fees the period that a fee pays for */
export function previewLineView(line: Line, current: CurrentUsage, fees: Period): LineView {
  const { subscription } = current;
  const used = { start: subscription.currentPeriodStart, end: subscription.currentPeriodEnd };
  const period = line.kind === "FEE" ? fees : used;
  const { organizationId, currentPeriodId: id } = subscription;
  return {
    usage: line.kind === "USAGE" ? { period: { organizationId, id, ...used }, current } : null,
    id: previewLineId(line, subscription),
    kind: line.kind,
    meter: line.meter,
    description: line.description,
    quantity: toDecimal(line.quantity),
    amount: moneyFromMinor(line.amountMinor),
    exactAmount: moneyFromNanos(line.exactNanos),
    roundingDifference: moneyFromNanos(line.roundingNanos),
    estimated: line.estimated,
    periodStart: period.start,
    periodEnd: period.end,
  };
}

const previewLineId = (line: Line, { currentPeriodId }: CurrentSubscription): string =>
  `${currentPeriodId}:${line.kind.toLowerCase()}:${line.meter ?? "plan"}`;

export const storedLineView = (line: StoredLine): LineView => ({
  usage: line.kind === "USAGE" && line.usage ? { period: line.usage.period, current: null } : null,
  id: line.id,
  kind: line.kind,
  meter: line.usage?.meter ?? null,
  description: line.description,
  quantity: toDecimal(decimal(line.quantity)),
  amount: money(line.currency)(line.amountMinor),
  exactAmount: { amount: majorFromNanos(decimal(line.exactNanos)), currency: line.currency },
  roundingDifference: { amount: majorFromNanos(decimal(line.roundingNanos)), currency: line.currency },
  estimated: false,
  periodStart: line.periodStart,
  periodEnd: line.periodEnd,
});

/** A numeric column. */
const decimal = (text: string): Exact => parseDecimal(text) ?? zero;

export const explanationView = (explanation: Explanation): InvoiceLineExplanationType => ({
  unit: meterUnit[explanation.meter],
  used: toDecimal(explanation.used),
  allowance: explanation.allowance === null ? null : toDecimal(exact(explanation.allowance)),
  included: toDecimal(explanation.included),
  billable: toDecimal(explanation.billable),
  overLimit: toDecimal(explanation.overLimit),
  amount: moneyFromNanos(explanation.amount),
  events: explanation.events === null ? null : Number(explanation.events),
  parts: explanation.parts.map(partView),
});

const partView = (part: LinePart): InvoiceLinePartType => ({
  complexity: part.complexity,
  premium: part.premium,
  quantity: toDecimal(part.quantity),
  unitPrice: part.unitNanos === null ? null : moneyFromNanos(part.unitNanos),
  multiplier: toDecimal(part.multiplier),
  amount: moneyFromNanos(part.amount),
  events: part.events === null ? null : Number(part.events),
});

export const paymentView = (payment: StoredPayment): InvoicePaymentType => ({
  id: payment.id,
  amount: money(payment.currency)(payment.amountMinor),
  status: payment.status,
  createdAt: payment.createdAt,
  paidAt: payment.paidAt,
});

export function creditNoteView(note: StoredCreditNote): CreditNoteType {
  const amount = money(note.currency);
  return {
    id: note.id,
    number: note.number,
    status: note.status,
    amount: amount(note.amountMinor),
    refund: amount(note.refundMinor),
    toBalance: amount(note.balanceMinor),
    outOfBand: amount(note.outOfBandMinor),
    reason: note.reason,
    memo: note.memo,
    createdAt: note.createdAt,
  };
}

export const refundView = (refund: StoredRefund): RefundType => ({
  id: refund.id,
  amount: money(refund.currency)(refund.amountMinor),
  status: refund.status,
  failureReason: refund.failureReason,
  createdAt: refund.createdAt,
});
