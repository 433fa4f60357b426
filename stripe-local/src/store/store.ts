/** Anything that Stripe's API hands out: `object` names its kind. */
export type StripeObject = { id: string; object: string; [field: string]: unknown };

/** What lists and due work find an object by. A field that is left out keeps its value. */
export type Index = {
  /** Taken from the object's own `customer` when left out; likewise `subscription` and `invoice`. null clears it. */
  customer?: string | null;
  subscription?: string | null;
  invoice?: string | null;
  /** Unix seconds: the next instant at which due work must look at the object; null when there is none. */
  due?: number | null;
  /** Unix seconds; the object's own `created` when left out. */
  created?: number;
};

export type Filter = { customer?: string; subscription?: string; invoice?: string };

/** An object's place in the order of creation, with the object. */
export type Placed<T extends StripeObject> = { readonly place: number; readonly object: T };

/** One object at which there is work to do at an instant (unix seconds). */
export type Due = { readonly kind: string; readonly id: string; readonly at: number };

/**
 * The objects of the stand-in, inside the transaction of one request.
 *
 * `kind` is Stripe's `object` value, for instance "subscription"; one that Stripe does not know starts with "_". What `get` and `list` return is a copy: a change
 * counts once it is `put`.
 */
export interface Store {
  get<T extends StripeObject>(kind: string, id: string): T | null;
  /** Of whichever kind: ids are unique. Kinds that Stripe does not know are left out. */
  find(id: string): StripeObject | null;
  /** Inserts or replaces. */
  put(object: StripeObject, index?: Index): void;
  remove(kind: string, id: string): void;
  /** Newest first. */
  list<T extends StripeObject>(kind: string, filter?: Filter): T[];
  /** As `list`, one by one, from `before` (exclusive) on; `oldestFirst` turns the order round, from `after` on. */
  walk<T extends StripeObject>(
    kind: string,
    filter?: Filter,
    from?: { before?: number; after?: number; oldestFirst?: boolean },
  ): IterableIterator<Placed<T>>;
  /** The place of an object, for paging. */
  placeOf(kind: string, id: string): number | null;
  /** The earliest due work; of one instant, the object that was created first. */
  nextDue(): Due | null;
  /** 1, 2, 3 ... for each name, durable. */
  counter(name: string): number;
}
