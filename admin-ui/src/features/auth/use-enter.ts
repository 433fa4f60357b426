import { useApolloClient } from "@apollo/client/react";
import { useCallback } from "react";

/** Lets in who just got a session: the app asks again who is at the screen, and the pages follow. */
export function useEnter(): () => Promise<void> {
  const client = useApolloClient();
  return useCallback(async () => {
    await client.refetchQueries({ include: ["Viewer", "SandboxClock"] });
  }, [client]);
}
