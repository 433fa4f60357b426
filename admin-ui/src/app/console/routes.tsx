import { Navigate, type RouteObject } from "react-router";
import { pageRoute } from "../page-route";

const home = "/console";

/** The pages of staff. Each brings its permission; the layout asks for `staff:read` already. */
export const consoleRoutes: RouteObject[] = [
  { index: true, element: <Navigate to="/console/organizations" replace /> },
  pageRoute("profile", { home }, async () => (await import("../../features/profile/ProfilePage")).ProfilePage),
];
