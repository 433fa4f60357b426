import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
const react = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };

/**
 * Events happen as in a browser. React's `act`, in which Testing Library wraps each of them, draws the deferred rows of a
 * list within the event; they wait for data there, and nobody draws them again when it comes, since `act` is over by then.
 */
function asInBrowser<T>(dispatch: () => T): T {
  const before = react.IS_REACT_ACT_ENVIRONMENT ?? false;
  react.IS_REACT_ACT_ENVIRONMENT = false;
  try {
    return dispatch();
  } finally {
    react.IS_REACT_ACT_ENVIRONMENT = before;
  }
}

// The first page of a file waits for its code, and a busy machine for everything.
configure({ asyncUtilTimeout: 20_000, eventWrapper: asInBrowser });

// What Mantine asks of a browser and jsdom does not have.
const noMatch = (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
});
window.matchMedia = (query) => noMatch(query);

class NoResize {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = NoResize;
window.HTMLElement.prototype.scrollIntoView = () => undefined;
window.scrollTo = () => undefined;

// Without a layout everything has no size and lies outside of the window, and Mantine hides a menu whose button cannot be
// seen, a moment after it has opened.
Object.defineProperties(document.documentElement, { clientWidth: { value: 1_440 }, clientHeight: { value: 900 } });
window.HTMLElement.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 10, 10);
