import { Suspense } from "react";
import { Outlet } from "react-router";
import { LogInDialog } from "../../features/auth/LogInDialog";
import { useViewer } from "../../lib/viewer";
import { Permit } from "../../ui/Permit";
import { Shell } from "../../ui/Shell";
import { PageSkeleton } from "../../ui/Skeletons";
import { ThemeSwitch } from "../../ui/ThemeSwitch";
import { AccountMenu } from "../AccountMenu";
import { Guard } from "../Guard";
import { consoleNavigation } from "./navigation";

/** The staff's rooms. */
export function ConsoleLayout() {
  return (
    <Guard>
      <Rooms />
    </Guard>
  );
}

function Rooms() {
  const { permissions, organization } = useViewer();
  return (
    <Shell
      sections={consoleNavigation(permissions)}
      home="/console"
      place="Console"
      tools={
        <>
          <ThemeSwitch />
          <AccountMenu profile={organization ? "/app/profile" : "/console/profile"} />
        </>
      }
    >
      <Permit permission="staff:read" home="/app">
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </Permit>
      <LogInDialog />
    </Shell>
  );
}
