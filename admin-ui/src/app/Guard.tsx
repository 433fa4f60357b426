import { type ReactNode, useEffect } from "react";
import { Navigate, useLocation } from "react-router";
import { logInUrl } from "../features/auth/urls";
import { sessionGate } from "../lib/session-gate";
import { useMaybeViewer } from "../lib/viewer";

/** The door of the portal and the console: who is not logged in logs in first and comes back here. */
export function Guard({ children }: { readonly children: ReactNode }) {
  const viewer = useMaybeViewer();
  const { pathname, search, hash } = useLocation();
  useEffect(() => {
    sessionGate.guard(true);
    return () => sessionGate.guard(false);
  }, []);
  return viewer ? children : <Navigate to={logInUrl(`${pathname}${search}${hash}`)} replace />;
}
