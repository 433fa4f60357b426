import type { InvoiceDifference, InvoiceLineKind, InvoiceStatus } from "./invoice.entity.ts";
import type { PeriodOf } from "../usage/read-totals.ts";
import type { MeterCode } from "../rating/meter.ts";

/** An invoice as our mirror has it. Amounts are whole minor units of `currency`. */
export type StoredInvoice = {
  readonly organizationId: string;
  readonly id: string;
  readonly stripeId: string;
  readonly number: string | null;
  readonly status: InvoiceStatus;
  readonly reason: string;
  readonly collection: "CARD" | "INVOICE";
  readonly currency: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly amountDueMinor: bigint;
  readonly amountPaidMinor: bigint;
  readonly amountRemainingMinor: bigint;
  readonly creditedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly hostedUrl: string | null;
  readonly attemptCount: number;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly issuedAt: Date | null;
  readonly dueAt: Date | null;
  readonly paidAt: Date | null;
  readonly closedAt: Date | null;
  readonly agreedAt: Date | null;
  readonly heldAt: Date | null;
  readonly differences: readonly InvoiceDifference[];
  readonly disputed: boolean;
};

/** A line of a stored invoice, with what it bills. */
export type StoredLine = {
  readonly organizationId: string;
  readonly id: string;
  readonly invoiceId: string;
  readonly currency: string;
  readonly kind: InvoiceLineKind;
  readonly description: string;
  readonly amountMinor: bigint;
  /** In the meter's unit for usage. A decimal, as the next two. */
  readonly quantity: string;
  readonly exactNanos: string;
  readonly roundingNanos: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  /** The closed period and the meter of a usage or credit line. */
  readonly usage: { readonly period: PeriodOf; readonly meter: MeterCode } | null;
};

export type StoredPayment = {
  readonly id: string;
  readonly invoiceId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly status: string;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
};

export type StoredCreditNote = {
  readonly id: string;
  readonly invoiceId: string;
  readonly currency: string;
  readonly number: string;
  readonly status: "issued" | "void";
  readonly amountMinor: bigint;
  readonly refundMinor: bigint;
  readonly balanceMinor: bigint;
  readonly outOfBandMinor: bigint;
  readonly reason: string | null;
  readonly memo: string | null;
  readonly createdAt: Date;
};

export type StoredRefund = {
  readonly id: string;
  readonly invoiceId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly status: string;
  readonly failureReason: string | null;
  readonly createdAt: Date;
};

/** True until Stripe's draft and the ledger were found to agree, also while it is held because they do not. */
export const isBeingVerified = ({ status, agreedAt }: Pick<StoredInvoice, "status" | "agreedAt">): boolean =>
  status === "DRAFT" && agreedAt === null;
