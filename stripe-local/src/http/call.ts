import type { Store, StripeObject } from "../store/store.ts";

/**
 * One request, or one piece of due work, with the transaction it runs in.
 *
 * Everything done through it commits together: objects, events, and the answer kept under the idempotency key.
 */
export type Call = {
  readonly store: Store;
  /** Unix seconds, the stand-in's clock. */
  readonly now: number;
  /** For links to hosted pages, for instance "http://127.0.0.1:12111". */
  readonly origin: string;
  /** `newId("cus")` gives "cus_" and 24 letters and digits. */
  readonly newId: (prefix: string) => string;
  /**
   * Writes an event and its deliveries. The snapshot is the object as it is presented now, so `put` it and what its
   * included lists show first.
   */
  readonly emit: (type: string, object: StripeObject, previousAttributes?: Record<string, unknown>) => void;
  readonly request: { readonly id: string | null; readonly idempotencyKey: string | null };
};
