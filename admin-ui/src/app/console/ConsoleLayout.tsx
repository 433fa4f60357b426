import { Suspense } from "react";
import { Outlet } from "react-router";
import { LogInDialog } from "../../features/auth/LogInDialog";
import { useMay, useViewer } from "../../lib/viewer";
import { Permit } from "../../ui/Permit";
import { Shell } from "../../ui/Shell";
import { PageSkeleton } from "../../ui/Skeletons";
import { ThemeSwitch } from "../../ui/ThemeSwitch";
import { AccountMenu } from "../AccountMenu";
import { Guard } from "../Guard";
import { ClockBar } from "./clock/ClockBar";
import { ConsoleSpotlight, SearchBox } from "./ConsoleSpotlight";
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
  const isStaff = useMay("staff:read");
  return (
    <Shell
      sections={consoleNavigation(permissions)}
      home="/console"
      place="Console"
      tools={
        <>
          {isStaff && <SearchBox />}
          <ThemeSwitch />
          <AccountMenu profile={organization ? "/app/profile" : "/console/profile"} />
        </>
      }
      bar={isStaff && <ClockBar />}
    >
      <Permit permission="staff:read" home="/app">
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </Permit>
      {isStaff && <ConsoleSpotlight />}
      <LogInDialog />
    </Shell>
  );
}
