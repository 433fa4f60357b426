import type { StripeObject } from "../store/store.ts";
import type { Call } from "./call.ts";
import type { Presenter } from "./presenter.ts";
import type { List, Shown } from "./route.ts";

type Json = Record<string, unknown>;

/**
 * Shows an answer as the API does: each object presented, and in the place of ids what `paths` ask for.
 *
 * @param paths checked already, for instance "data.customer" or "latest_invoice.payments"
 */
export function show(call: Call, presenter: Presenter, answer: Shown | List, paths: readonly string[]): Json {
  const shown = isList(answer)
    ? { ...answer, data: answer.data.map((object) => presented(call, presenter, object)) }
    : isStripeObject(answer)
      ? presented(call, presenter, answer)
      : structuredClone(answer);
  for (const path of paths) expandAt(call, presenter, shown, path.split("."));
  return shown;
}

// Presented objects are ours to change; what is stored is not.
const presented = (call: Call, presenter: Presenter, object: StripeObject): Json =>
  structuredClone(presenter.present(call, object));

function expandAt(call: Call, presenter: Presenter, holder: Json, [field, ...rest]: readonly string[]): void {
  if (field === undefined) return;
  if (!Object.hasOwn(holder, field)) {
    const added = included(call, presenter, holder, field);
    if (added === undefined) return;
    holder[field] = added;
  }
  const value = holder[field];
  if (typeof value === "string") {
    const found = call.store.find(value);
    if (!found) return;
    const expanded = presented(call, presenter, found);
    holder[field] = expanded;
    expandAt(call, presenter, expanded, rest);
  } else if (Array.isArray(value)) {
    holder[field] = value.map((one: unknown) => expandElement(call, presenter, one, rest));
  } else if (isObject(value)) {
    expandAt(call, presenter, value, rest);
  }
}

function expandElement(call: Call, presenter: Presenter, element: unknown, rest: readonly string[]): unknown {
  if (isObject(element)) {
    expandAt(call, presenter, element, rest);
    return element;
  }
  const found = typeof element === "string" ? call.store.find(element) : null;
  if (!found) return element;
  const expanded = presented(call, presenter, found);
  expandAt(call, presenter, expanded, rest);
  return expanded;
}

/** What the kind adds when asked: an object or a list is presented like any other. */
function included(call: Call, presenter: Presenter, holder: Json, field: string): unknown {
  if (!isStripeObject(holder)) return undefined;
  const value = presenter.include(call, holder, field);
  if (isObject(value) && isList(value)) return show(call, presenter, value, []);
  return isObject(value) && isStripeObject(value) ? presented(call, presenter, value) : value;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isStripeObject = (value: Json | Shown): value is StripeObject =>
  typeof value["id"] === "string" && typeof value["object"] === "string";

const isList = (value: Json | Shown | List): value is List => value["object"] === "list";
