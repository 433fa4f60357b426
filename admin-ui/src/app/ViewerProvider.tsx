import { useQuery, useSuspenseQuery } from "@apollo/client/react";
import { type ReactNode, useMemo } from "react";
import { SandboxClockDocument, ViewerDocument } from "../gql/documents";
import { ClockProvider } from "../lib/clock";
import { type Viewer, ViewerContext } from "../lib/viewer";

/** Asks once who is at the screen, and what time the product has. */
export function ViewerProvider({ children }: { children: ReactNode }) {
  const { data } = useSuspenseQuery(ViewerDocument);
  // Where there is no sandbox, or it is not the viewer's business, the real time holds.
  const { data: clock } = useQuery(SandboxClockDocument, {
    errorPolicy: "ignore",
    pollInterval: 60_000,
    skipPollAttempt: () => document.hidden,
  });

  const answer = data.viewer;
  const viewer = useMemo<Viewer | null>(() => {
    if (answer?.__typename !== "User") return null;
    const { id, email, permissions, organization } = answer;
    return { id, email, permissions: new Set(permissions), organization };
  }, [answer]);

  return (
    <ViewerContext value={viewer}>
      <ClockProvider now={clock?.sandboxClock?.now ?? null}>{children}</ClockProvider>
    </ViewerContext>
  );
}
