import type { MeterCode } from "../rating/meter.ts";
import type { InvoiceStatus } from "./invoice.entity.ts";

/**
 * One of Stripe's invoices as a plain value in our words: what the mirror's rows are made from.
 * Amounts are whole minor units of `currency`; what takes money off is negative.
 */
export type MirroredInvoice = {
  readonly stripeId: string;
  readonly stripeSubscriptionId: string | null;
  readonly number: string | null;
  readonly status: InvoiceStatus;
  /** Stripe's billing reason. */
  readonly reason: string;
  readonly collection: "CARD" | "INVOICE";
  /** Three letters, in any case. */
  readonly currency: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly subtotalMinor: bigint;
  /** What tax adds to the subtotal. */
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly amountDueMinor: bigint;
  readonly amountPaidMinor: bigint;
  readonly amountRemainingMinor: bigint;
  /** Credit notes before and after payment together. */
  readonly creditedMinor: bigint;
  /** Kept as it came. */
  readonly taxDetail: unknown;
  readonly hostedUrl: string | null;
  readonly attemptCount: number;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly issuedAt: Date | null;
  readonly dueAt: Date | null;
  readonly paidAt: Date | null;
  /** When it was voided or given up. */
  readonly closedAt: Date | null;
  /** All of them, in Stripe's order. */
  readonly lines: readonly MirroredLine[];
  readonly payments: readonly MirroredPayment[];
};

/**
 * Where a line comes from: a subscription's price, a change of it within a period, what a meter was
 * told, or an item put there by hand or by us.
 */
export type LineSource = "FEE" | "PRORATION" | "METERED" | "ITEM";

export type MirroredLine = {
  readonly stripeLineId: string;
  readonly source: LineSource;
  readonly description: string;
  /** A decimal. */
  readonly quantity: string;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  /** The usage charge or charge by hand that it bills: an item names it, a meter was told of it. */
  readonly chargeId: string | null;
  /** The meter whose price it has; null for all but a metered line. */
  readonly meter: MeterCode | null;
};

/** The lines that say something: a meter that was told nothing has one all the same. */
export const linesThatCount = ({ lines }: Pick<MirroredInvoice, "lines">): MirroredLine[] =>
  lines.filter(({ source, chargeId, amountMinor }) => source !== "METERED" || chargeId !== null || amountMinor !== 0n);

export type MirroredPayment = {
  readonly stripeId: string;
  readonly amountMinor: bigint;
  /** open, paid or canceled, as Stripe says. */
  readonly status: string;
  readonly paymentIntentId: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
};
