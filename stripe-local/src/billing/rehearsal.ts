import type { Call } from "../http/call.ts";
import type { Due, Filter, Index, Placed, Store, StripeObject } from "../store/store.ts";

type Held = { readonly object: StripeObject; readonly index: Filter };

const columns = ["customer", "subscription", "invoice"] as const;

/** Reads through to a store and keeps what is written to itself. */
class Overlay implements Store {
  readonly #below: Store;
  /** In the order in which they were first written; null for what was removed. */
  readonly #written = new Map<string, Held | null>();
  readonly #counters = new Map<string, number>();

  constructor(below: Store) {
    this.#below = below;
  }

  get<T extends StripeObject>(kind: string, id: string): T | null {
    const held = this.#written.get(`${kind} ${id}`);
    if (held === undefined) return this.#below.get<T>(kind, id);
    // As in the store below, the kind vouches for the type that the caller names.
    return held === null ? null : (structuredClone(held.object) as T);
  }

  find(id: string): StripeObject | null {
    const held = [...this.#written.values()].find((each) => each?.object.id === id);
    return held ? structuredClone(held.object) : this.#below.find(id);
  }

  put(object: StripeObject, index: Index = {}): void {
    const key = `${object.object} ${object.id}`;
    const before = this.#written.get(key)?.index ?? {};
    const found: Filter = { ...before };
    for (const column of columns) {
      const value = index[column] ?? object[column];
      if (typeof value === "string") found[column] = value;
    }
    this.#written.set(key, { object: structuredClone(object), index: found });
  }

  remove(kind: string, id: string): void {
    this.#written.set(`${kind} ${id}`, null);
  }

  list<T extends StripeObject>(kind: string, filter: Filter = {}): T[] {
    const below = this.#below.list<T>(kind, filter);
    const ids = new Set(below.map(({ id }) => id));
    const added = [...this.#written.values()].flatMap((held) => {
      if (held === null || held.object.object !== kind || ids.has(held.object.id)) return [];
      const fits = columns.every((column) => filter[column] === undefined || held.index[column] === filter[column]);
      return fits ? [structuredClone(held.object) as T] : [];
    });
    const kept = below.map(({ id }) => this.get<T>(kind, id)).filter((object) => object !== null);
    return [...added.toReversed(), ...kept];
  }

  *walk<T extends StripeObject>(kind: string, filter: Filter = {}): IterableIterator<Placed<T>> {
    for (const [index, object] of this.list<T>(kind, filter).entries()) yield { place: -index, object };
  }

  placeOf(kind: string, id: string): number | null {
    return this.#below.placeOf(kind, id);
  }

  nextDue(): Due | null {
    return null;
  }

  counter(name: string): number {
    const next = (this.#counters.get(name) ?? 0) + 1;
    this.#counters.set(name, next);
    return next;
  }
}

/** A call in which everything can be done as in earnest, and nothing of it happens. */
export const rehearse = (call: Call): Call => ({
  ...call,
  store: new Overlay(call.store),
  emit: () => undefined,
});
