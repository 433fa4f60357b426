import type { RouteObject } from "react-router";
import { pageRoute } from "../page-route";

const home = "/app";

/** The pages of customers. */
export const portalRoutes: RouteObject[] = [
  pageRoute("", { home }, async () => (await import("./OverviewPage")).OverviewPage),
  pageRoute(
    "usage",
    { home, permission: "usage:read" },
    async () => (await import("../../features/usage/UsagePage")).UsagePage,
  ),
  pageRoute(
    "usage/events",
    { home, permission: "usage:read" },
    async () => (await import("../../features/usage/UsageEventsPage")).UsageEventsPage,
  ),
  pageRoute(
    "billing/upcoming",
    { home, permission: "billing:read" },
    async () => (await import("./UpcomingPage")).UpcomingPage,
  ),
  pageRoute("profile", { home }, async () => (await import("../../features/profile/ProfilePage")).ProfilePage),
];
