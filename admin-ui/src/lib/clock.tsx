import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";

/** How far the product's clock is ahead of the browser's: a sandbox runs on time of its own. */
const OffsetContext = createContext(0);

/** @param now the product's time when this was asked, or null where it is the real one */
export function ClockProvider({ now, children }: { now: string | null; children: ReactNode }) {
  const offset = useMemo(() => (now === null ? 0 : new Date(now).getTime() - Date.now()), [now]);
  return <OffsetContext.Provider value={offset}>{children}</OffsetContext.Provider>;
}

/** Tells the product's time in milliseconds, whenever it is asked. */
export function useNow(): () => number {
  const offset = useContext(OffsetContext);
  return useCallback(() => Date.now() + offset, [offset]);
}

/** The product's time, renewed every so often, for words such as "3 minutes ago". */
export function useTick(everyMs: number): number {
  const now = useNow();
  const [tick, setTick] = useState(now);
  useEffect(() => {
    setTick(now());
    const timer = setInterval(() => setTick(now()), everyMs);
    return () => clearInterval(timer);
  }, [now, everyMs]);
  return tick;
}
