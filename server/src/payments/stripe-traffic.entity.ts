import { defineEntity, p } from "@mikro-orm/postgresql";
import { platformTable, tenantTable } from "../platform/database/policies.ts";

/** A call to Stripe that was decided: committed with its cause, made afterwards, repeated until it is known what became of it. */
export const StripeOutboxSchema = defineEntity({
  name: "StripeCall",
  tableName: "stripe_outbox",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "key"] }],
  indexes: [{ name: "stripe_outbox_due", properties: ["nextTryAt"], where: "state = 'PENDING'" }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** What it does, such as invoice.finalize. */
    kind: p.text(),
    /** The idempotency key that Stripe gets: the same for the same intent, for ever. */
    key: p.text(),
    params: p.json<Record<string, unknown>>(),
    state: p.text().$type<"PENDING" | "DONE" | "REFUSED" | "FAILED">(),
    attempts: p.integer(),
    nextTryAt: p.datetime(),
    lastError: p.text().nullable(),
    /** The id of the object that came of it. */
    resultId: p.text().nullable(),
    createdAt: p.datetime(),
    doneAt: p.datetime().nullable(),
  },
});

/** A webhook event as it came. A hint that its object changed; the object is read again. */
export const StripeInboxSchema = defineEntity({
  name: "StripeEvent",
  tableName: "stripe_inbox",
  ...platformTable,
  indexes: [
    { name: "stripe_inbox_due", properties: ["nextTryAt"], where: "state = 'RECEIVED'" },
    { properties: ["receivedAt"] },
  ],
  properties: {
    eventId: p.text().primary(),
    type: p.text(),
    apiVersion: p.text().nullable(),
    /** Stripe's name of the kind of object, and its id. */
    objectKind: p.text(),
    objectId: p.text(),
    /** What is worked one after another: the customer's id, else the object's. */
    lane: p.text(),
    organizationId: p.uuid().nullable(),
    createdAt: p.datetime(),
    receivedAt: p.datetime(),
    payload: p.json<Record<string, unknown>>(),
    /** IGNORED: no effect by design. QUARANTINED: nobody's object, another version. FAILED: given up, waits for staff. */
    state: p.text().$type<"RECEIVED" | "HANDLED" | "IGNORED" | "QUARANTINED" | "FAILED">(),
    attempts: p.integer(),
    nextTryAt: p.datetime(),
    lastError: p.text().nullable(),
    handledAt: p.datetime().nullable(),
  },
});

/** Who works on what right now: a lane of the inbox, an organization's calls. Gone by itself after a crash. */
export const StripeLeaseSchema = defineEntity({
  name: "StripeLease",
  tableName: "stripe_leases",
  ...platformTable,
  properties: {
    name: p.text().primary(),
    holder: p.uuid(),
    until: p.datetime(),
  },
});

/** How far the hourly repair has read Stripe's list of events. */
export const StripeRepairSchema = defineEntity({
  name: "StripeRepair",
  tableName: "stripe_repair",
  ...platformTable,
  properties: {
    id: p.integer().primary(),
    seenUntil: p.datetime(),
    ranAt: p.datetime(),
    found: p.integer(),
  },
});

/** What staff must look at, once for each key until it is cleared. */
export const AlarmSchema = defineEntity({
  name: "Alarm",
  tableName: "alarms",
  ...platformTable,
  properties: {
    key: p.text().primary(),
    kind: p.text(),
    organizationId: p.uuid().nullable(),
    message: p.text(),
    detail: p.json<Record<string, unknown>>(),
    raisedAt: p.datetime(),
    clearedAt: p.datetime().nullable(),
  },
});

/** One comparison of the ledger, the mirror and Stripe. */
export const ProofReportSchema = defineEntity({
  name: "ProofReport",
  tableName: "proof_reports",
  ...platformTable,
  properties: {
    id: p.uuid().primary(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
    /** How many of each kind were compared. */
    checked: p.json<Record<string, number>>(),
    differences: p.json<ProofDifference[]>(),
    error: p.text().nullable(),
  },
});

export type ProofDifference = {
  readonly rule: string;
  readonly organizationId: string | null;
  readonly object: string;
  readonly field: string;
  readonly ours: string | null;
  readonly stripes: string | null;
};
