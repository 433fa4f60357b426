import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";
import { AdvanceSandboxClockDocument, SandboxClockDocument } from "../../../gql/documents";
import { useAct } from "../../../lib/act";
import type { Fault } from "../../../lib/faults";
import { formatInstant } from "../../../lib/instant";
import { toastDone } from "../../../ui/toasts";

export type Advance = {
  /** True when time got there. */
  readonly run: (to: string) => Promise<boolean>;
  /** Where time is on its way to; null when it is not. */
  readonly target: string | null;
  readonly fault: Fault | null;
  readonly clearFault: () => void;
};

const LOOK_EVERY_MS = 2_000;

/** Moves the sandbox's time. Much may happen on the way, so it takes its time; the clock is read meanwhile. */
export function useAdvance(): Advance {
  const client = useApolloClient();
  const { run, fault, clearFault } = useAct(AdvanceSandboxClockDocument);
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (target === null) return;
    const look = () =>
      client.query({ query: SandboxClockDocument, fetchPolicy: "network-only" }).catch(() => undefined);
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [client, target]);

  const advance = async (to: string) => {
    if (target !== null) return false;
    setTarget(to);
    const answer = await run({ input: { to } });
    setTarget(null);
    // Periods may have rolled over anywhere, also where time did not get all the way: all on the screen is asked again.
    await client.refetchQueries({ include: "active" }).catch(() => undefined);
    if (!answer) return false;
    toastDone(`It is ${formatInstant(answer.advanceSandboxClock.now)} in the sandbox.`);
    return true;
  };
  return { run: advance, target, fault, clearFault };
}
