import { createContext, type RefObject, useContext, useEffect } from "react";

/** Where the focus was put last; null until the first page, which leaves the focus to the browser. */
export const RouteFocusContext = createContext<{ lastPath: string | null }>({ lastPath: null });

/** Puts the focus on a page's heading when a link led to it, once for each path. */
export function useRouteFocus(heading: RefObject<HTMLElement | null>, pathname: string): void {
  const memory = useContext(RouteFocusContext);
  useEffect(() => {
    if (memory.lastPath === pathname) return;
    const isFirst = memory.lastPath === null;
    memory.lastPath = pathname;
    if (!isFirst) heading.current?.focus({ preventScroll: true });
  }, [heading, memory, pathname]);
}
