import type { RouteObject } from "react-router";
import { pageRoute } from "../page-route";

const home = "/console";

/** The rooms of one organization, below `organizations/:id`. */
const organizationRoutes: RouteObject[] = [
  pageRoute("", { home }, async () => (await import("./organization/OverviewTab")).OverviewTab),
  pageRoute("usage", { home }, async () => (await import("./organization/UsageTab")).UsageTab),
  pageRoute("events", { home }, async () => (await import("./organization/EventsTab")).EventsTab),
  pageRoute("events/:event", { home }, async () => (await import("./organization/EventLedgerTab")).EventLedgerTab),
  pageRoute("decisions", { home }, async () => (await import("./organization/DecisionsTab")).DecisionsTab),
  pageRoute("billing", { home }, async () => (await import("./organization/BillingTab")).BillingTab),
  pageRoute("invoices", { home }, async () => (await import("./organization/InvoicesTab")).InvoicesTab),
  pageRoute("subscription", { home }, async () => (await import("./organization/SubscriptionTab")).SubscriptionTab),
  pageRoute("members", { home }, async () => (await import("./organization/MembersTab")).MembersTab),
  pageRoute("keys", { home }, async () => (await import("./organization/KeysTab")).KeysTab),
  pageRoute("webhooks", { home }, async () => (await import("./organization/WebhooksTab")).WebhooksTab),
  pageRoute("webhooks/:endpointId", { home }, async () => (await import("./organization/WebhookTab")).WebhookTab),
  pageRoute("audit", { home }, async () => (await import("./organization/AuditTab")).AuditTab),
];

/** The pages of staff. The layout asks for `staff:read`; each page brings what it needs beyond that. */
export const consoleRoutes: RouteObject[] = [
  pageRoute("", { home }, async () => (await import("./home/HomePage")).HomePage),
  pageRoute(
    "organizations",
    { home },
    async () => (await import("./organizations/OrganizationsPage")).OrganizationsPage,
  ),
  pageRoute(
    "organizations/:id/invoices/new",
    { home, permission: "staff:money" },
    async () => (await import("../../features/invoice-acts/NewInvoicePage")).NewInvoicePage,
  ),
  {
    path: "organizations/:id",
    lazy: async () => ({ Component: (await import("./organization/OrganizationLayout")).OrganizationLayout }),
    children: organizationRoutes,
  },
  pageRoute("decisions", { home }, async () => (await import("./DecisionsPage")).DecisionsPage),
  pageRoute("alarms", { home }, async () => (await import("../../features/alarms/AlarmsPage")).AlarmsPage),
  pageRoute(
    "subscriptions",
    { home },
    async () => (await import("./subscriptions/SubscriptionsPage")).SubscriptionsPage,
  ),
  pageRoute("money/dunning", { home }, async () => (await import("./dunning/DunningPage")).DunningPage),
  pageRoute(
    "money/reconciliation",
    { home },
    async () => (await import("../../features/reconciliation/ReconciliationPage")).ReconciliationPage,
  ),
  pageRoute(
    "platform/webhooks",
    { home },
    async () => (await import("../../features/stripe-traffic/EventsInPage")).EventsInPage,
  ),
  pageRoute(
    "platform/stripe-calls",
    { home },
    async () => (await import("../../features/stripe-traffic/StripeCallsPage")).StripeCallsPage,
  ),
  pageRoute("invoices", { home }, async () => (await import("./invoices/StaffInvoicesPage")).StaffInvoicesPage),
  pageRoute("invoices/:id", { home }, async () => (await import("./invoices/StaffInvoicePage")).StaffInvoicePage),
  pageRoute(
    "invoices/:id/credit",
    { home, permission: "staff:money" },
    async () => (await import("../../features/invoice-acts/CreditPage")).CreditPage,
  ),
  pageRoute("catalog", { home }, async () => (await import("../../features/pricing/CatalogPage")).CatalogPage),
  pageRoute("catalog/:code", { home }, async () => (await import("../../features/pricing/PlanPage")).PlanPage),
  pageRoute(
    "catalog/:code/publish",
    { home, permission: "staff:money" },
    async () => (await import("../../features/pricing/PublishPage")).PublishPage,
  ),
  pageRoute("audit", { home }, async () => (await import("./AuditPage")).AuditPage),
  pageRoute(
    "platform/mails",
    { home, permission: "staff:platform" },
    async () => (await import("../../features/mails/MailsPage")).MailsPage,
  ),
  pageRoute(
    "platform/service-keys",
    { home, permission: "staff:platform" },
    async () => (await import("../../features/keys/ServiceKeysPage")).ServiceKeysPage,
  ),
  pageRoute("profile", { home }, async () => (await import("../../features/profile/ProfilePage")).ProfilePage),
];
