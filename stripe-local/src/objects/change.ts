import type { Call } from "../http/call.ts";
import type { StripeObject } from "../store/store.ts";

type Fields = Record<string, unknown>;

/**
 * What an object had before a change, as `previous_attributes` tells it: only what differs, hashes in part and lists
 * whole. A key that a hash gained was null before.
 */
export function previousAttributes(before: object, after: object): Record<string, unknown> {
  const old = before as Fields;
  const fresh = after as Fields;
  const names = new Set([...Object.keys(old), ...Object.keys(fresh)]);
  return Object.fromEntries(
    [...names].flatMap((name): [string, unknown][] => {
      const [was, is] = [old[name], fresh[name]];
      if (isSame(was, is)) return [];
      return [[name, isHash(was) && isHash(is) && !isList(was) ? previousAttributes(was, is) : (was ?? null)]];
    }),
  );
}

/** Stores the changed object and tells so, if anything has changed. */
export function update<T extends StripeObject>(call: Call, type: string, before: T, after: T): T {
  const previous = previousAttributes(before, after);
  if (Object.keys(previous).length === 0) return after;
  call.store.put(after);
  call.emit(type, after, previous);
  return after;
}

/** Only what a request names, without what it leaves out. */
export function given<T extends object, K extends keyof T & string>(params: T, names: readonly K[]): Pick<T, K> {
  const present = names.filter((name) => params[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, params[name]])) as Pick<T, K>;
}

/** "" clears a value. */
export const cleared = <T>(value: T | "" | undefined): T | null => (value === "" || value === undefined ? null : value);

export type MetadataParam = Record<string, string> | "";

/** Keys are added or replaced one by one; "" takes a key away, and instead of the whole takes all. */
export function mergeMetadata(
  before: Record<string, string>,
  changes: MetadataParam | undefined,
): Record<string, string> {
  if (changes === undefined) return before;
  if (changes === "") return {};
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== ""));
}

const isHash = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: Fields): boolean => value["object"] === "list";

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
