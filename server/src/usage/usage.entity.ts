import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";
import type { UsageAction } from "./usage-event.ts";

/** Whole numbers beyond 64 bits: sums of nano-units and byte-milliseconds. */
const wide = () => p.decimal().columnType("numeric").$type<string>();

/** One immutable fact and its rating at the moment it was accepted. Never updated, never deleted. */
export const UsageEventSchema = defineEntity({
  name: "UsageEvent",
  tableName: "usage_events",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "position"] }],
  indexes: [
    { properties: ["organizationId", "occurredAt"] },
    {
      name: "usage_events_storage_levels",
      properties: ["organizationId", "occurredAt", "position"],
      where: "action = 'STORAGE'",
    },
    // The few events of a period that did not occur in it; the others are found by when they did.
    { name: "usage_events_late", properties: ["organizationId", "periodId"], where: "late" },
  ],
  properties: {
    organizationId: p.uuid().primary(),
    /** Derived from the organization and the idempotency key, so that one unique index serves both. */
    id: p.uuid().primary(),
    /** The order of acceptance within the organization, from 1. */
    position: p.bigint().$type<bigint>(),
    periodId: p.uuid(),
    idempotencyKey: p.text(),
    contentHash: p.blob(),
    action: p.text().$type<UsageAction>(),
    complexity: p.text().nullable(),
    model: p.text().nullable(),
    premium: p.boolean(),
    quantity: p.bigint().$type<bigint>(),
    computeTimeMs: p.integer().nullable(),
    tokensUsed: p.integer().nullable(),
    storageBytes: p.bigint().$type<bigint>().nullable(),
    costNanos: wide(),
    occurredAt: p.datetime(),
    recordedAt: p.datetime(),
    userId: p.text().nullable(),
    projectId: p.text().nullable(),
    failed: p.boolean(),
    late: p.boolean(),
    trial: p.boolean(),
    metadata: p.json().nullable(),
    /** The visible start of the key that reported it; null for events from before this was kept. */
    keyPrefix: p.text().nullable(),
    /** Generations or calls, and how they were rated. */
    units: p.bigint().$type<bigint>(),
    usedBefore: p.bigint().$type<bigint>(),
    included: p.bigint().$type<bigint>(),
    billable: p.bigint().$type<bigint>(),
    unitNanos: p.bigint().$type<bigint>().nullable(),
    amount: wide(),
    /** Milliseconds past the first minute of the task, and how they were rated. */
    computeUnits: p.bigint().$type<bigint>(),
    computeUsedBefore: p.bigint().$type<bigint>(),
    computeIncluded: p.bigint().$type<bigint>(),
    computeBillable: p.bigint().$type<bigint>(),
    computeUnitNanos: p.bigint().$type<bigint>().nullable(),
    computeAmount: wide(),
  },
});

/** A reversing entry: this event never counted. */
export const UsageVoidSchema = defineEntity({
  name: "UsageVoid",
  tableName: "usage_voids",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    eventId: p.uuid().primary(),
    at: p.datetime(),
    reason: p.text(),
    by: p.text(),
  },
});

/** A change to the rating of an accepted event, as a difference: what it is worth now is its rating plus these. */
export const RatingAdjustmentSchema = defineEntity({
  name: "RatingAdjustment",
  tableName: "rating_adjustments",
  ...tenantTable,
  indexes: [{ properties: ["organizationId", "eventId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    eventId: p.uuid(),
    /** The period whose totals it changes: the event's own, or the open one for a credit. */
    periodId: p.uuid(),
    meter: p.text(),
    units: wide(),
    included: wide(),
    billable: wide(),
    amount: wide(),
    reason: p.text(),
    /** The voided event that caused it. */
    causeId: p.uuid(),
    credit: p.boolean(),
    at: p.datetime(),
  },
});

/** Sums that the writes keep: base units, and amounts in nano-units times base units. */
const sums = {
  units: wide(),
  included: wide(),
  billable: wide(),
  overLimit: wide(),
  amount: wide(),
};

/** A meter's totals over one billing period. */
export const UsageTotalSchema = defineEntity({
  name: "UsageTotal",
  tableName: "usage_totals",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    periodId: p.uuid().primary(),
    meter: p.text().primary(),
    /** T0 to T3, or `all` for meters without complexity; for storage see `TotalRow`. */
    complexity: p.text().primary(),
    ...sums,
    /** Given back for voided usage of closed periods, in the same units as `amount`, zero or more. */
    credit: wide(),
  },
});

/** A meter's totals over one UTC day, by when the usage occurred. */
export const UsageDaySchema = defineEntity({
  name: "UsageDay",
  tableName: "usage_days",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    day: p.date().primary(),
    meter: p.text().primary(),
    complexity: p.text().primary(),
    ...sums,
    events: p.bigint().$type<bigint>(),
    costNanos: wide(),
  },
});

/** An attempt that was refused, so that its sender can see why. Kept for 30 days. */
export const RejectedUsageSchema = defineEntity({
  name: "RejectedUsage",
  tableName: "rejected_usage",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    idempotencyKey: p.text(),
    status: p.text().$type<"CONFLICT" | "REJECTED">(),
    reason: p.text(),
    action: p.text().nullable().$type<UsageAction | null>(),
    keyPrefix: p.text().nullable(),
  },
});
