import { createContext, type RefObject, useContext, useEffect } from "react";

/** Remembers which path the focus was put on last; the first page leaves the focus to the browser. */
export class RouteFocus {
  #lastPath: string | null = null;

  /** True when a link led here, once for each path. */
  arrives(pathname: string): boolean {
    const isFirst = this.#lastPath === null;
    const isNew = this.#lastPath !== pathname;
    this.#lastPath = pathname;
    return isNew && !isFirst;
  }
}

export const RouteFocusContext = createContext(new RouteFocus());

/** Puts the focus on a page's heading when a link led to it. */
export function useRouteFocus(heading: RefObject<HTMLElement | null>, pathname: string): void {
  const memory = useContext(RouteFocusContext);
  useEffect(() => {
    if (memory.arrives(pathname)) heading.current?.focus({ preventScroll: true });
  }, [heading, memory, pathname]);
}
