import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import type { Permission } from "../../lib/permissions";
import { pageRoute } from "../page-route";

const page = (path: string, permission: Permission | null, load: () => Promise<ComponentType>): RouteObject =>
  pageRoute(path, permission ? { home: "/app", permission } : { home: "/app" }, load);

/** The pages of customers. */
export const portalRoutes: RouteObject[] = [
  page("", null, async () => (await import("./OverviewPage")).OverviewPage),
  page("usage", "usage:read", async () => (await import("../../features/usage/UsagePage")).UsagePage),
  page(
    "usage/events",
    "usage:read",
    async () => (await import("../../features/usage/UsageEventsPage")).UsageEventsPage,
  ),
  page(
    "usage/decisions",
    "usage:read",
    async () => (await import("../../features/decisions/DecisionsPage")).DecisionsPage,
  ),
  page("usage/holds", "usage:read", async () => (await import("../../features/usage/HoldsPage")).HoldsPage),
  page("quickstart", null, async () => (await import("../../features/quickstart/QuickstartPage")).QuickstartPage),
  page("billing/plan", "billing:read", async () => (await import("./PlanPage")).PlanPage),
  page("billing/plan/change", "billing:read", async () => (await import("./PlanChangePage")).PlanChangePage),
  page("billing/plan/cancel", "billing:read", async () => (await import("./CancelPage")).CancelPage),
  page("billing/payment", "billing:read", async () => (await import("./PaymentPage")).PaymentPage),
  page("billing/upcoming", "billing:read", async () => (await import("./UpcomingPage")).UpcomingPage),
  page("billing/invoices", "billing:read", async () => (await import("./InvoicesPage")).InvoicesPage),
  page("billing/invoices/:id", "billing:read", async () => (await import("./InvoicePage")).InvoicePage),
  page("billing/spending", "billing:read", async () => (await import("./SpendingPage")).SpendingPage),
  page("developers/keys", "keys:read", async () => (await import("../../features/keys/KeysPage")).KeysPage),
  page(
    "developers/webhooks",
    "keys:read",
    async () => (await import("../../features/webhooks/WebhooksPage")).WebhooksPage,
  ),
  page(
    "developers/webhooks/:id",
    "keys:read",
    async () => (await import("../../features/webhooks/WebhookPage")).WebhookPage,
  ),
  page(
    "settings/members",
    "members:read",
    async () => (await import("../../features/members/MembersPage")).MembersPage,
  ),
  page(
    "settings/organization",
    "organization:write",
    async () => (await import("../../features/organization/OrganizationPage")).OrganizationPage,
  ),
  page("profile", null, async () => (await import("../../features/profile/ProfilePage")).ProfilePage),
];

/** Where pages of Stripe's lead back to: outside `/app`, and yet for those who are logged in. */
export const returnRoutes: RouteObject[] = [
  page("return", "billing:read", async () => (await import("./CheckoutReturnPage")).CheckoutReturnPage),
];
