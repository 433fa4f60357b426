/**
 * Where a session that ended meets the people it ended for: requests that were answered UNAUTHENTICATED wait here
 * while the log-in dialog lies over the page, so that nothing typed is lost.
 */
type Waiting = (loggedIn: boolean) => void;

let waiting: Waiting[] = [];
let guarded = false;
const listeners = new Set<() => void>();

const announce = () => {
  for (const listener of listeners) listener();
};

export const sessionGate = {
  /** Only pages behind the log-in ask for it again; public pages take UNAUTHENTICATED as an answer. */
  guard(on: boolean): void {
    guarded = on;
    if (!on) this.settle(false);
  },

  /** True once somebody logged in again; false at once when no page is guarded, or when they gave up. */
  ask(): Promise<boolean> {
    if (!guarded) return Promise.resolve(false);
    return new Promise((resolve) => {
      waiting = [...waiting, resolve];
      announce();
    });
  },

  settle(loggedIn: boolean): void {
    const settled = waiting;
    waiting = [];
    for (const resolve of settled) resolve(loggedIn);
    announce();
  },

  isAsked: (): boolean => waiting.length > 0,

  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
