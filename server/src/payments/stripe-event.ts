import { STRIPE_VERSION } from "./stripe-client.ts";

/** An event as it goes into the inbox. */
export type InboxEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly apiVersion: string | null;
  readonly objectKind: string;
  readonly objectId: string;
  readonly lane: string;
  readonly createdAt: Date;
  readonly payload: Record<string, unknown>;
  readonly state: "RECEIVED" | "IGNORED" | "QUARANTINED";
  readonly error: string | null;
};

/** Kinds of objects whose events have an effect here; all others are kept, answered and counted. */
const KINDS = new Set([
  "checkout.session",
  "customer",
  "subscription",
  "subscription_schedule",
  "invoice",
  "invoice_payment",
  "payment_method",
  "setup_intent",
  "charge",
  "refund",
  "credit_note",
  "dispute",
  "product",
  "price",
]);

/** Types of these kinds that say nothing about them as they are. */
const SILENT = new Set(["invoice.upcoming", "invoice.will_be_due", "invoice.deleted"]);

/**
 * What an event's JSON says, as far as the inbox needs it. One of another version than ours is kept
 * and not worked.
 *
 * @returns null when it is no event
 */
export function inboxEventOf(event: unknown): InboxEvent | null {
  const read = listedEventOf(event);
  if (read === null || read.apiVersion === STRIPE_VERSION) return read;
  const error = `The event has API version ${String(read.apiVersion)}; this release reads ${STRIPE_VERSION}.`;
  return { ...read, state: "QUARANTINED", error };
}

/**
 * The same for an event of Stripe's list, which shows events in the version of the account and not
 * in that of our webhooks: as a hint it is as good.
 */
export function listedEventOf(event: unknown): InboxEvent | null {
  if (!isObject(event)) return null;
  const { id, type, api_version: version, created, data } = event;
  const object = isObject(data) ? data["object"] : null;
  if (typeof id !== "string" || typeof type !== "string" || typeof created !== "number" || !isObject(object))
    return null;
  const kind = typeof object["object"] === "string" ? object["object"] : "unknown";
  const objectId = typeof object["id"] === "string" ? object["id"] : id;
  const common = {
    eventId: id,
    type,
    apiVersion: typeof version === "string" ? version : null,
    objectKind: kind,
    objectId,
    lane: laneOf(kind, objectId, object),
    createdAt: new Date(created * 1000),
    payload: event,
  };
  const known = KINDS.has(kind) && !SILENT.has(type);
  return { ...common, state: known ? "RECEIVED" : "IGNORED", error: null };
}

/** What must be worked one after another: everything of a customer, else everything of the object. */
function laneOf(kind: string, id: string, object: Record<string, unknown>): string {
  if (kind === "customer") return id;
  const { customer } = object;
  if (typeof customer === "string") return customer;
  return isObject(customer) && typeof customer["id"] === "string" ? customer["id"] : id;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
