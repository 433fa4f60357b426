import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";
import type { Complexity } from "../rating/rate-card.ts";
import type { UsageAction } from "../usage/usage-event.ts";

/** A hold ends once: by its actual usage, by being given back, or by its time. */
export const holdStates = ["PLACED", "SETTLED", "RELEASED", "EXPIRED"] as const;
export type HoldState = (typeof holdStates)[number];

/** Whole numbers beyond 64 bits. */
const wide = () => p.decimal().columnType("numeric").$type<string>();

/** Units of the counted meters, in base units, and their estimated price. */
const heldColumns = {
  generations: p.bigint().$type<bigint>(),
  apiCalls: p.bigint().$type<bigint>(),
  computeMs: p.bigint().$type<bigint>(),
  /** In `HELD_SCALE`ths of a nano-unit. */
  amount: wide(),
};

/** Units that were promised to one piece of work before it began. */
export const HoldSchema = defineEntity({
  name: "Hold",
  tableName: "holds",
  ...tenantTable,
  indexes: [
    { name: "holds_placed", properties: ["organizationId", "expiresAt"], where: "state = 'PLACED'" },
    // The sweeper looks for those whose time is over, whoever they belong to.
    { name: "holds_due", properties: ["expiresAt"], where: "state = 'PLACED'" },
  ],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    action: p.text().$type<UsageAction>(),
    complexity: p.text().nullable().$type<Complexity | null>(),
    model: p.text().nullable(),
    ...heldColumns,
    state: p.text().$type<HoldState>(),
    placedAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    /** The event that settled it. */
    eventId: p.uuid().nullable(),
    /** The visible start of the key that asked. */
    keyPrefix: p.text().nullable(),
  },
});

/** The sums of an organization's placed holds, kept by the writes: a decision reads one row, however many are placed. */
export const HeldUsageSchema = defineEntity({
  name: "HeldUsage",
  tableName: "held_usage",
  ...tenantTable,
  properties: { organizationId: p.uuid().primary(), ...heldColumns },
});

/** The most that an organization's usage may cost in a billing period; each period until it is changed. */
export const SpendingCapSchema = defineEntity({
  name: "SpendingCap",
  tableName: "spending_caps",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    capMinor: p.bigint().$type<bigint>(),
    setAt: p.datetime(),
  },
});

/** How much of a limited right is in use, as QLP's services report it: a level that stands until it is changed. */
export const EntitlementLevelSchema = defineEntity({
  name: "EntitlementLevel",
  tableName: "entitlement_levels",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    key: p.text().primary(),
    level: p.bigint().$type<bigint>(),
    reportedAt: p.datetime(),
  },
});
