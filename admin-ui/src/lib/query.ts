import type { OperationVariables, TypedDocumentNode } from "@apollo/client";
import { useApolloClient, useSuspenseQuery } from "@apollo/client/react";
import { createContext, useContext, useDeferredValue, useEffect, useRef, useState } from "react";
import { useNow } from "./clock";

/** Counts the retries of the region a component lies in: a new attempt is a new request. */
export const AttemptContext = createContext(0);

type Options = {
  /** Ask again every so often, while the page can be seen. */
  readonly pollMs?: number | undefined;
};

export type RegionData<TData> = {
  readonly data: TData;
  /** The shown data is of the variables before; the new ones are on their way. */
  readonly isStale: boolean;
  /** When polling failed three times in a row: since when nothing new came. */
  readonly silentSince: number | null;
};

/**
 * The data of a region. Suspends the first time; when variables change, the old rows stay until the new ones are there.
 * Known data is shown at once and asked for again.
 */
export function useRegionQuery<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  { pollMs }: Options = {},
): RegionData<TData> {
  const attempt = useContext(AttemptContext);
  const stable = useSameWhileEqual(variables);
  const deferred = useDeferredValue(stable);
  // The suspense cache keeps what it threw; a key of the attempt lets Retry ask anew.
  const { data } = useSuspenseQuery<TData, OperationVariables>(document, {
    variables: deferred,
    queryKey: [attempt],
    fetchPolicy: "cache-and-network",
  });
  const silentSince = usePolling(document, stable, pollMs);
  return { data, isStale: deferred !== stable, silentSince };
}

/** The same object for as long as its content stays the same, so that effects may depend on it. */
function useSameWhileEqual<T>(value: T): T {
  const [kept, keep] = useState(value);
  if (kept === value) return kept;
  if (JSON.stringify(kept) === JSON.stringify(value)) return kept;
  keep(value);
  return value;
}

const MISSES_BEFORE_WORDS = 3;

/** Refreshes the cache, from which every component that shows the data follows. Rests while the page is hidden or offline. */
function usePolling<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  pollMs: number | undefined,
): number | null {
  const client = useApolloClient();
  const now = useNow();
  const misses = useRef({ count: 0, since: 0 });
  const [silentSince, setSilentSince] = useState<number | null>(null);

  useEffect(() => {
    if (!pollMs) return;
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    misses.current = { count: 0, since: now() };

    const poll = async () => {
      if (globalThis.document.hidden || !navigator.onLine) return next();
      try {
        await client.query({ query: document, variables, fetchPolicy: "network-only" });
        misses.current = { count: 0, since: now() };
        if (!over) setSilentSince(null);
      } catch {
        misses.current.count += 1;
        if (!over && misses.current.count >= MISSES_BEFORE_WORDS) setSilentSince(misses.current.since);
      }
      next();
    };
    const next = () => {
      if (over) return;
      const backOff = Math.min(2 ** misses.current.count, 8);
      timer = setTimeout(() => void poll(), pollMs * backOff * (0.95 + Math.random() * 0.1));
    };
    const onVisible = () => {
      if (globalThis.document.hidden) return;
      clearTimeout(timer);
      void poll();
    };

    next();
    globalThis.document.addEventListener("visibilitychange", onVisible);
    return () => {
      over = true;
      clearTimeout(timer);
      globalThis.document.removeEventListener("visibilitychange", onVisible);
    };
  }, [client, document, variables, pollMs, now]);

  return silentSince;
}
