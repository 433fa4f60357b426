import type { RouteObject } from "react-router";
import { NotFoundPage } from "../../ui/Dead";
import { pageRoute } from "../page-route";

const home = "/";

/** The pages that need no log-in. */
export const publicRoutes: RouteObject[] = [
  pageRoute("", { home }, async () => (await import("./LandingPage")).LandingPage),
  pageRoute("login", { home }, async () => (await import("../../features/auth/LogInPage")).LogInPage),
  pageRoute("signup", { home }, async () => (await import("../../features/auth/SignUpPage")).SignUpPage),
  pageRoute(
    "forgot-password",
    { home },
    async () => (await import("../../features/auth/ForgotPasswordPage")).ForgotPasswordPage,
  ),
  pageRoute(
    "reset-password",
    { home },
    async () => (await import("../../features/auth/ResetPasswordPage")).ResetPasswordPage,
  ),
  pageRoute(
    "invitations/:token",
    { home },
    async () => (await import("../../features/auth/InvitationPage")).InvitationPage,
  ),
  { path: "*", element: <NotFoundPage home={home} /> },
];
