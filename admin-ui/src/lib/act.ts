import type { ApolloClient, OperationVariables, TypedDocumentNode } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useCallback, useRef, useState } from "react";
import { type Fault, faultOf } from "./faults";

type Options = {
  /** Names of queries to ask again, where the payload does not carry all that changed. */
  readonly refetch?: readonly string[];
};

export type Act<TData, TVariables> = {
  /** The answer; undefined when it did not come, then `fault` says why, or when the act is under way already. */
  readonly run: (variables: TVariables) => Promise<TData | undefined>;
  readonly isRunning: boolean;
  readonly fault: Fault | null;
  readonly clearFault: () => void;
};

/** Of the named queries those that are on the screen; the others will be asked when they are shown. */
function shownOf(client: ApolloClient, names: string | undefined): string[] {
  const shown = new Set([...client.getObservableQueries()].map(({ queryName }) => queryName));
  return (names?.split(" ") ?? []).filter((name) => shown.has(name));
}

/**
 * A mutation that a person sends by a click. It is locked in the handler, not in the next render, so that a double click
 * acts once; nothing is done before the server says so.
 */
export function useAct<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  { refetch }: Options = {},
): Act<TData, TVariables> {
  const client = useApolloClient();
  const locked = useRef(false);
  const [isRunning, setRunning] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const names = refetch?.join(" ");

  const run = useCallback(
    async (variables: TVariables): Promise<TData | undefined> => {
      if (locked.current) return undefined;
      locked.current = true;
      setRunning(true);
      setFault(null);
      try {
        const { data } = await client.mutate({
          mutation: document,
          variables,
          refetchQueries: shownOf(client, names),
        });
        return data;
      } catch (error) {
        const seen = faultOf(error);
        setFault(seen);
        // The role may have changed since the page was drawn.
        if (seen.code === "FORBIDDEN") void client.refetchQueries({ include: ["Viewer"] });
        return undefined;
      } finally {
        locked.current = false;
        setRunning(false);
      }
    },
    [client, document, names],
  );

  return { run, isRunning, fault, clearFault: useCallback(() => setFault(null), []) };
}
