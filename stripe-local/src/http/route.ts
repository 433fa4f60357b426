import type { StripeObject } from "../store/store.ts";
import type { Call } from "./call.ts";

/** A page of objects, newest first. */
export type List<T = StripeObject> = { object: "list"; url: string; has_more: boolean; data: T[] };

/** What an operation answers with: almost always an object with an id. */
export type Shown = { object: string; [field: string]: unknown };

/** Decoded from the form and checked against the contract: integers and booleans are typed, a cleared value is "". */
export type Params = Record<string, unknown>;

/** One operation of the API. */
export type Route = {
  readonly method: "GET" | "POST" | "DELETE";
  /** For instance "/v1/subscriptions/:id". */
  readonly path: string;
  /**
   * What the operation does, inside the transaction. A method, so that a handler may name the shape that its
   * parameters have after the check.
   *
   * @throws StripeError
   */
  handle(call: Call, params: Params, ids: Record<string, string>): Shown | List;
};
