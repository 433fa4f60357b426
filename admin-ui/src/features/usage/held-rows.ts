import { useState } from "react";

type Held<T> = {
  /** What to show. */
  readonly rows: readonly T[];
  /** How many came meanwhile. */
  readonly waiting: number;
  readonly release: () => void;
};

/** Far enough down that rows coming in above would move what one reads. */
const READING_PX = 240;

/** Lets live rows in at once at the top of the page, and holds them back while somebody reads further down. */
export function useHeldRows<T extends { readonly id: string }>(latest: readonly T[]): Held<T> {
  const [shown, setShown] = useState(latest);
  const [seen, setSeen] = useState(latest);
  // Rows change during a render only when a poll brought others, so reading the scroll position here happens once for each.
  if (latest !== seen) {
    setSeen(latest);
    if (window.scrollY < READING_PX || shown.length === 0) setShown(latest);
  }
  const known = new Set(shown.map(({ id }) => id));
  const waiting = latest.filter(({ id }) => !known.has(id)).length;
  const release = () => {
    setShown(latest);
    window.scrollTo({ top: 0 });
  };
  return { rows: shown, waiting, release };
}
