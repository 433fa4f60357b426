import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { billingRunJob } from "./billing-run.job.ts";
import { BillingRunResolver } from "./billing-run.resolver.ts";
import { BillingRunSchema, ManualChargeSchema, MeterRouteSchema, UsageChargeSchema } from "./charge.entity.ts";
import {
  CreditNoteSchema,
  InvoiceFileSchema,
  InvoiceLineSchema,
  InvoicePaymentSchema,
  InvoiceSchema,
  RefundSchema,
} from "./invoice.entity.ts";
import { EventChargeResolver, UsageEventChargesResolver } from "./event-charges.resolver.ts";
import { invoiceFileRoute } from "./invoice-file.route.ts";
import { InvoiceLineResolver } from "./invoice-line.resolver.ts";
import { InvoiceResolver, OrganizationInvoicesResolver } from "./invoice.resolver.ts";
import { UpcomingInvoiceResolver } from "./upcoming-invoice.resolver.ts";

const readsBills = may("billing:read", "staff:read");

/** What is charged, line by line: the next invoice, and the mirror of all before it. */
export const feature: Feature = {
  entities: [
    UsageChargeSchema,
    ManualChargeSchema,
    MeterRouteSchema,
    BillingRunSchema,
    InvoiceSchema,
    InvoiceLineSchema,
    InvoicePaymentSchema,
    CreditNoteSchema,
    RefundSchema,
    InvoiceFileSchema,
  ],
  resolvers: [
    UpcomingInvoiceResolver,
    OrganizationInvoicesResolver,
    InvoiceResolver,
    InvoiceLineResolver,
    BillingRunResolver,
    UsageEventChargesResolver,
    EventChargeResolver,
  ],
  permissions: {
    Query: { invoice: readsBills, invoices: may("staff:read"), billingRuns: may("staff:read") },
    Mutation: { startBillingRun: may("staff:money") },
    Organization: { upcomingInvoice: readsBills, invoices: readsBills },
    Invoice: allow,
    InvoiceConnection: allow,
    InvoicePreview: allow,
    InvoiceLine: allow,
    InvoiceLineExplanation: allow,
    InvoiceLinePart: allow,
    InvoicePayment: allow,
    InvoiceDifference: allow,
    CreditNote: allow,
    Refund: allow,
    EventCharge: allow,
    BillingRun: allow,
    BillingRunConnection: allow,
  },
  routes: [invoiceFileRoute],
  jobs: [billingRunJob],
};
