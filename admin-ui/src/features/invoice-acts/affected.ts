/** All that shows a bill, or what is owed. */
export const AFFECTED = [
  "InvoicePage",
  "StaffInvoice",
  "StaffInvoices",
  "InvoicesPanel",
  "InvoiceActs",
  "CreditInvoice",
  "Dunning",
  "HomeBilling",
  "HomeAlarms",
  "OrganizationVisit",
];
