import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { BillingRunSchema, ManualChargeSchema, MeterRouteSchema, UsageChargeSchema } from "./charge.entity.ts";
import {
  CreditNoteSchema,
  InvoiceFileSchema,
  InvoiceLineSchema,
  InvoicePaymentSchema,
  InvoiceSchema,
  RefundSchema,
} from "./invoice.entity.ts";
import { InvoiceLineResolver, UpcomingInvoiceResolver } from "./upcoming-invoice.resolver.ts";

/** What will be charged, line by line. */
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
  resolvers: [UpcomingInvoiceResolver, InvoiceLineResolver],
  permissions: {
    Organization: { upcomingInvoice: may("billing:read", "staff:read") },
    InvoicePreview: allow,
    InvoiceLine: allow,
  },
};
