import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { InvoiceLineResolver, UpcomingInvoiceResolver } from "./upcoming-invoice.resolver.ts";

/** What will be charged, line by line. */
export const feature: Feature = {
  entities: [],
  resolvers: [UpcomingInvoiceResolver, InvoiceLineResolver],
  permissions: {
    Organization: { upcomingInvoice: may("billing:read", "staff:read") },
    InvoicePreview: allow,
    InvoiceLine: allow,
  },
};
