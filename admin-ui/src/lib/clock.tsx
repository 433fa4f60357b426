import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

/** The product's time. It is ahead of the browser's where a sandbox runs on time of its own. */
class Clock {
  #offsetMs = 0;
  readonly #listeners = new Set<() => void>();

  readonly now = (): number => Date.now() + this.#offsetMs;

  /** @param at what the product's time is at this moment; null: the real one */
  set(at: string | null): void {
    this.#offsetMs = at === null ? 0 : new Date(at).getTime() - Date.now();
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

const ClockContext = createContext(new Clock());

/** @param now the product's time when this was asked, or null where it is the real one */
export function ClockProvider({ now, children }: { now: string | null; children: ReactNode }) {
  const [clock] = useState(() => new Clock());
  useEffect(() => clock.set(now), [clock, now]);
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** Tells the product's time in milliseconds, whenever it is asked. */
export const useNow = (): (() => number) => useContext(ClockContext).now;

const realClock = new Clock();

/** The product's time, renewed every so often, for words such as "3 minutes ago". */
export function useTick(everyMs: number): number {
  return useTickOf(useContext(ClockContext), everyMs);
}

/** The real time, on which log-ins, keys and invitations run whatever a sandbox's clock says. */
export const useRealTick = (everyMs: number): number => useTickOf(realClock, everyMs);

function useTickOf(clock: Clock, everyMs: number): number {
  const [tick, setTick] = useState(clock.now);
  useEffect(() => {
    const renew = () => setTick(clock.now());
    const timer = setInterval(renew, everyMs);
    const unsubscribe = clock.subscribe(renew);
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [clock, everyMs]);
  return tick;
}
