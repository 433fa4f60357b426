import type { Filter, Store, StripeObject } from "../store/store.ts";
import type { List } from "./route.ts";
import { noSuch } from "./stripe-error.ts";

export type Range = { gt?: number; gte?: number; lt?: number; lte?: number };

/** The parameters that every list has. */
export type PageParams = {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: number | Range;
};

const DEFAULT_LIMIT = 10;

type Query<T extends StripeObject> = {
  readonly kind: string;
  /** What Stripe shows as the list's `url`, for instance "/v1/invoices". */
  readonly url: string;
  readonly filter?: Filter;
  readonly matches?: (object: T) => boolean;
};

/**
 * One page of the stored objects of a kind, newest first.
 *
 * @throws StripeError when a cursor names no object
 */
export function page<T extends StripeObject>(store: Store, params: PageParams, query: Query<T>): List<T> {
  const { kind, url, filter = {}, matches = () => true } = query;
  const { limit = DEFAULT_LIMIT, starting_after, ending_before, created } = params;
  const place = (param: "starting_after" | "ending_before", id: string): number => {
    const found = store.placeOf(kind, id);
    if (found === null) throw noSuch(kind, id, param);
    return found;
  };
  const backwards = ending_before !== undefined;
  const from = {
    ...(starting_after === undefined ? {} : { before: place("starting_after", starting_after) }),
    ...(backwards ? { after: place("ending_before", ending_before), oldestFirst: true } : {}),
  };

  const found: T[] = [];
  for (const { object } of store.walk<T>(kind, filter, from)) {
    if (!isWithin(object["created"], created) || !matches(object)) continue;
    found.push(object);
    if (found.length > limit) break;
  }
  return cut(found, { limit, url, backwards });
}

/** Pages a list that is already in memory and in the order it is shown, for instance an invoice's lines. */
export function pageOf<T extends StripeObject>(all: readonly T[], params: PageParams, url: string): List<T> {
  const { limit = DEFAULT_LIMIT, starting_after, ending_before } = params;
  const at = (param: string, id: string): number => {
    const index = all.findIndex((object) => object.id === id);
    if (index < 0) throw noSuch("object", id, param);
    return index;
  };
  if (ending_before !== undefined) {
    const earlier = all.slice(0, at("ending_before", ending_before)).toReversed();
    return cut(earlier, { limit, url, backwards: true });
  }
  const rest = starting_after === undefined ? all : all.slice(at("starting_after", starting_after) + 1);
  return cut(rest, { limit, url, backwards: false });
}

/** The list that sits inside another object: its first ten, and whether there are more. */
export const included = <T extends StripeObject>(all: readonly T[], url: string, limit = DEFAULT_LIMIT): List<T> =>
  cut(all, { limit, url, backwards: false });

export function isWithin(instant: unknown, range: number | Range | undefined): boolean {
  if (range === undefined) return true;
  if (typeof instant !== "number") return false;
  if (typeof range === "number") return instant === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return instant > gt && instant >= gte && instant < lt && instant <= lte;
}

function cut<T>(found: readonly T[], { limit, url, backwards }: { limit: number; url: string; backwards: boolean }) {
  const data = found.slice(0, limit);
  if (backwards) data.reverse();
  return { object: "list" as const, url, has_more: found.length > limit, data };
}
