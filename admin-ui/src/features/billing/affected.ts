/** Queries that show how the plan stands or what it costs: asked again after it was changed. */
export const AFFECTED_BY_PLAN = [
  "OverviewPage",
  "PortalBanner",
  "QuotasPanel",
  "UpcomingInvoice",
  "PeriodPicker",
  "PlanPanel",
  "PortalPlanPage",
  "InvoicesPanel",
  "InvoicesBrief",
] as const;
