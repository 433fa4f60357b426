import { useCallback, useMemo } from "react";
import { useLocation, useNavigate } from "react-router";

/** How one parameter of the URL is read and written. `read` gives undefined for what it cannot mean. */
export type Parameter<T> = {
  readonly read: (text: string) => T | undefined;
  write(value: T): string;
  readonly standard: T;
};

type Spec = Readonly<Record<string, Parameter<unknown>>>;
type ValueOf<P> = P extends Parameter<infer T> ? T : never;
export type Values<S> = { readonly [K in keyof S]: ValueOf<S[K]> };

const identity = (value: string) => value;

export const text = (longest = 200): Parameter<string> => ({
  read: (raw) => (raw.length <= longest ? raw : undefined),
  write: identity,
  standard: "",
});

/** A text that is not there more often than not: an id, a cursor. */
export const maybeText = (): Parameter<string | null> => ({
  read: (raw) => (raw === "" || raw.length > 500 ? undefined : raw),
  write: (value) => value ?? "",
  standard: null,
});

export const oneOf = <const T extends string, D extends T | null>(
  known: readonly T[],
  standard: D,
): Parameter<T | D> => ({
  read: (raw) => known.find((value) => value === raw),
  write: (value) => value ?? "",
  standard,
});

export const flag = (): Parameter<boolean> => ({
  read: (raw) => (raw === "1" ? true : raw === "0" ? false : undefined),
  write: (value) => (value ? "1" : "0"),
  standard: false,
});

export const PAGE_SIZES = [25, 50, 100] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

export const pageSize = (standard: PageSize = 25): Parameter<PageSize> => ({
  read: (raw) => PAGE_SIZES.find((size) => String(size) === raw),
  write: String,
  standard,
});

/** An instant, or a day that stands for its first moment in UTC. */
export const instant = (): Parameter<string | null> => ({
  read: (raw) =>
    /^\d{4}-\d\d-\d\d/.test(raw) && !Number.isNaN(Date.parse(raw)) ? new Date(raw).toISOString() : undefined,
  write: (value) => value?.replace("T00:00:00.000Z", "") ?? "",
  standard: null,
});

/** Reads what the spec names out of a query string; what is malformed reads as its standard and is named in `ignored`. */
export function readUrl<S extends Spec>(spec: S, search: string): { values: Values<S>; ignored: readonly string[] } {
  const params = new URLSearchParams(search);
  const ignored: string[] = [];
  const entries = Object.entries(spec).map(([name, parameter]) => {
    const raw = params.get(name);
    if (raw === null) return [name, parameter.standard];
    const value = parameter.read(raw);
    if (value === undefined) ignored.push(name);
    return [name, value === undefined ? parameter.standard : value];
  });
  return { values: Object.fromEntries(entries) as Values<S>, ignored };
}

/** The query string with `change` in it. Standards stay out of it, and so does `after` when anything else changes. */
export function writeUrl<S extends Spec>(spec: S, search: string, change: Partial<Values<S>>): string {
  const params = new URLSearchParams(search);
  if (!("after" in change) && !("open" in change)) params.delete("after");
  for (const [name, value] of Object.entries(change)) {
    const parameter = spec[name];
    if (!parameter || value === undefined) continue;
    if (value === parameter.standard || value === null) params.delete(name);
    else params.set(name, parameter.write(value));
  }
  const written = params.toString();
  return written === "" ? "" : `?${written}`;
}

export type UrlState<S> = {
  readonly view: Values<S>;
  readonly ignored: readonly string[];
  /** Goes to the same page with `change` in the URL; `replace` where Back should skip the step, as while typing. */
  readonly setView: (change: Partial<Values<S>>, how?: { replace?: boolean; state?: unknown }) => void;
  readonly hrefWith: (change: Partial<Values<S>>) => string;
};

/** Page, filters, tab and drawer as the URL has them. @param spec a constant of the module */
export function useUrlState<S extends Spec>(spec: S): UrlState<S> {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const { values, ignored } = useMemo(() => readUrl(spec, search), [spec, search]);
  const hrefWith = useCallback(
    (change: Partial<Values<S>>) => `${pathname}${writeUrl(spec, search, change)}${hash}`,
    [spec, pathname, search, hash],
  );
  const setView = useCallback(
    (change: Partial<Values<S>>, how: { replace?: boolean; state?: unknown } = {}) =>
      void navigate(hrefWith(change), { preventScrollReset: true, ...how }),
    [navigate, hrefWith],
  );
  return { view: values, ignored, setView, hrefWith };
}
