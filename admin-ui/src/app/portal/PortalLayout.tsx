import { Suspense } from "react";
import { Navigate, Outlet } from "react-router";
import { LogInDialog } from "../../features/auth/LogInDialog";
import { useViewer } from "../../lib/viewer";
import { Shell } from "../../ui/Shell";
import { PageSkeleton } from "../../ui/Skeletons";
import { ThemeSwitch } from "../../ui/ThemeSwitch";
import { AccountMenu } from "../AccountMenu";
import { Guard } from "../Guard";
import { portalNavigation } from "./navigation";
import { PortalBanner } from "./PortalBanner";

/** The customer's rooms. Staff have none of their own here. */
export function PortalLayout() {
  return (
    <Guard>
      <Rooms />
    </Guard>
  );
}

function Rooms() {
  const { organization, permissions } = useViewer();
  if (!organization) return <Navigate to="/console" replace />;
  return (
    <Shell
      sections={portalNavigation(permissions)}
      home="/app"
      bar={<PortalBanner />}
      place={organization.name}
      tools={
        <>
          <ThemeSwitch />
          <AccountMenu profile="/app/profile" />
        </>
      }
    >
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
      <LogInDialog />
    </Shell>
  );
}
