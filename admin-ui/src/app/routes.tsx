import type { RouteObject } from "react-router";
import { NotFoundPage } from "../ui/Dead";
import { ConsoleLayout } from "./console/ConsoleLayout";
import { consoleRoutes } from "./console/routes";
import { PortalLayout } from "./portal/PortalLayout";
import { portalRoutes, returnRoutes } from "./portal/routes";
import { PublicLayout } from "./public/PublicLayout";
import { publicRoutes } from "./public/routes";
import { RootLayout } from "./RootLayout";
import { RouteError } from "./RouteError";

/** Every address of the app. */
export const routes: RouteObject[] = [
  {
    element: <RootLayout />,
    errorElement: <RouteError />,
    hydrateFallbackElement: <></>,
    children: [
      {
        path: "/app",
        element: <PortalLayout />,
        children: [
          {
            errorElement: <RouteError />,
            children: [...portalRoutes, { path: "*", element: <NotFoundPage home="/app" /> }],
          },
        ],
      },
      {
        path: "/checkout",
        element: <PortalLayout />,
        children: [
          {
            errorElement: <RouteError />,
            children: [...returnRoutes, { path: "*", element: <NotFoundPage home="/app" /> }],
          },
        ],
      },
      {
        path: "/console",
        element: <ConsoleLayout />,
        children: [
          {
            errorElement: <RouteError />,
            children: [...consoleRoutes, { path: "*", element: <NotFoundPage home="/console" /> }],
          },
        ],
      },
      { path: "/", element: <PublicLayout />, children: publicRoutes },
    ],
  },
];
