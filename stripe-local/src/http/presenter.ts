import type { StripeObject } from "../store/store.ts";
import type { Call } from "./call.ts";

/** How stored objects become what the API shows: in answers, in snapshots of events and where they are expanded. */
export type Presenter = {
  /** Fills the lists that are always there, for instance an invoice's `lines`. Returns what it is given otherwise. */
  readonly present: (call: Call, object: StripeObject) => StripeObject;
  /**
   * The value of a field that is there only when `expand` asks for it, for instance an invoice's `payments`: an object,
   * a list or an id. undefined when the kind has no such field.
   */
  readonly include: (call: Call, object: StripeObject, field: string) => unknown;
};
