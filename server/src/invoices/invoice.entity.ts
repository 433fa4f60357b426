import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";

export type InvoiceStatus = "DRAFT" | "OPEN" | "PAID" | "VOID" | "UNCOLLECTIBLE";

const minor = () => p.bigint().$type<bigint>();

/** What Stripe's draft and the ledger do not agree on, in whole minor units. */
export type InvoiceDifference = {
  readonly line: string;
  readonly ours: string | null;
  readonly stripes: string | null;
};

/** Our mirror of one of Stripe's invoices. Stripe numbers and collects; amounts are whole minor units of `currency`. */
export const InvoiceSchema = defineEntity({
  name: "Invoice",
  tableName: "invoices",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "stripeId"] }],
  indexes: [{ properties: ["organizationId", "createdAt"] }, { properties: ["createdAt"] }, { properties: ["id"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    stripeId: p.text(),
    stripeSubscriptionId: p.text().nullable(),
    number: p.text().nullable(),
    status: p.text().$type<InvoiceStatus>(),
    /** Stripe's billing reason: subscription_create, subscription_cycle, subscription_update, manual. */
    reason: p.text(),
    collection: p.text().$type<"CARD" | "INVOICE">(),
    currency: p.text(),
    /** The service period of its fee, or of its usage when there is no fee. */
    periodStart: p.datetime(),
    periodEnd: p.datetime(),
    subtotalMinor: minor(),
    taxMinor: minor(),
    totalMinor: minor(),
    amountDueMinor: minor(),
    amountPaidMinor: minor(),
    amountRemainingMinor: minor(),
    /** Credit notes, before and after payment together. */
    creditedMinor: minor(),
    refundedMinor: minor(),
    /** Stripe's tax lines as they came; never computed again. */
    taxDetail: p.json().nullable(),
    hostedUrl: p.text().nullable(),
    attemptCount: p.integer(),
    nextAttemptAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    issuedAt: p.datetime().nullable(),
    dueAt: p.datetime().nullable(),
    paidAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    /** When the ledger and Stripe's draft were found to agree. */
    agreedAt: p.datetime().nullable(),
    /** Since when it waits because they do not. */
    heldAt: p.datetime().nullable(),
    differences: p.json<InvoiceDifference[]>().nullable(),
    disputed: p.boolean(),
    syncedAt: p.datetime(),
  },
});

export type InvoiceLineKind = "FEE" | "USAGE" | "CREDIT" | "PRORATION" | "MANUAL" | "OTHER";

/** A line as Stripe's invoice has it, with the ledger's charge behind it when there is one. */
export const InvoiceLineSchema = defineEntity({
  name: "InvoiceLine",
  tableName: "invoice_lines",
  ...tenantTable,
  indexes: [{ properties: ["organizationId", "invoiceId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    invoiceId: p.uuid(),
    stripeLineId: p.text(),
    position: p.integer(),
    kind: p.text().$type<InvoiceLineKind>(),
    description: p.text(),
    quantity: p.decimal().columnType("numeric").$type<string>(),
    amountMinor: minor(),
    taxMinor: minor(),
    periodStart: p.datetime(),
    periodEnd: p.datetime(),
    /** The usage charge or charge by hand that it bills. */
    chargeId: p.uuid().nullable(),
  },
});

/** What was paid on an invoice, or tried. */
export const InvoicePaymentSchema = defineEntity({
  name: "InvoicePayment",
  tableName: "invoice_payments",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "stripeId"] }],
  indexes: [{ properties: ["organizationId", "invoiceId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    stripeId: p.text(),
    invoiceId: p.uuid(),
    amountMinor: minor(),
    /** open, paid or canceled, as Stripe says. */
    status: p.text(),
    paymentIntentId: p.text().nullable(),
    createdAt: p.datetime(),
    paidAt: p.datetime().nullable(),
  },
});

/** Money taken off an invoice: refunded, put on the customer's balance, or settled elsewhere. */
export const CreditNoteSchema = defineEntity({
  name: "CreditNote",
  tableName: "credit_notes",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "stripeId"] }],
  indexes: [{ properties: ["organizationId", "invoiceId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    stripeId: p.text(),
    invoiceId: p.uuid(),
    number: p.text(),
    status: p.text().$type<"issued" | "void">(),
    amountMinor: minor(),
    refundMinor: minor(),
    balanceMinor: minor(),
    outOfBandMinor: minor(),
    reason: p.text().nullable(),
    memo: p.text().nullable(),
    createdAt: p.datetime(),
  },
});

export const RefundSchema = defineEntity({
  name: "Refund",
  tableName: "refunds",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "stripeId"] }],
  indexes: [{ properties: ["organizationId", "invoiceId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    stripeId: p.text(),
    invoiceId: p.uuid(),
    amountMinor: minor(),
    /** pending, requires_action, succeeded, failed or canceled, as Stripe says. */
    status: p.text(),
    failureReason: p.text().nullable(),
    createdAt: p.datetime(),
  },
});

/** The document of a finalized invoice, with the annex that explains its usage lines. */
export const InvoiceFileSchema = defineEntity({
  name: "InvoiceFile",
  tableName: "invoice_files",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    invoiceId: p.uuid().primary(),
    /** Of what it shows: another one means it must be made again. */
    contentHash: p.text(),
    bytes: p.blob(),
    createdAt: p.datetime(),
  },
});
