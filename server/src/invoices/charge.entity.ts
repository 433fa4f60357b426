import { defineEntity, p } from "@mikro-orm/postgresql";
import { platformTable, tenantTable } from "../platform/database/policies.ts";
import type { MeterCode } from "../rating/meter.ts";

/**
 * How a charge reaches Stripe's invoice: as an item of its own, or reported to a meter of Stripe's,
 * whose price makes the line.
 */
export type UsageRoute = "invoice_item" | "stripe_meter";

const exactNanos = () => p.decimal().columnType("numeric").$type<string>();

/**
 * One usage line of one closed billing period: the ledger's sum for a meter, rounded once. The key
 * on period, meter and kind is what keeps a meter from being billed twice, by two routes or at all.
 */
export const UsageChargeSchema = defineEntity({
  name: "UsageCharge",
  tableName: "usage_charges",
  ...tenantTable,
  uniques: [
    { properties: ["organizationId", "billingPeriodId", "meter", "kind"] },
    // An invoice has one line for each meter of Stripe's, so it is one charge that stands behind it.
    {
      name: "usage_charges_metered_line",
      properties: ["organizationId", "invoiceId", "meter"],
      where: "route = 'stripe_meter'",
    },
  ],
  indexes: [{ properties: ["organizationId", "state"] }, { properties: ["organizationId", "invoiceId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    billingPeriodId: p.uuid(),
    periodStart: p.datetime(),
    periodEnd: p.datetime(),
    meter: p.text().$type<MeterCode>(),
    kind: p.text().$type<"USAGE" | "CREDIT">(),
    route: p.text().$type<UsageRoute>(),
    description: p.text(),
    /** In the meter's unit as customers read it. */
    quantity: p.decimal().columnType("numeric").$type<string>(),
    /** The exact sum of its events, in nano-units of the minor unit. */
    exactNanos: exactNanos(),
    amountMinor: p.bigint().$type<bigint>(),
    /** What rounding added. */
    roundingNanos: exactNanos(),
    /** PENDING until an invoice takes it; EXCLUDED with a reason when none ever will. */
    state: p.text().$type<"PENDING" | "INVOICED" | "EXCLUDED">(),
    excludedReason: p.text().nullable(),
    /** The mirrored invoice that bills it. */
    invoiceId: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
});

/** A line that staff wrote on an invoice by hand. */
export const ManualChargeSchema = defineEntity({
  name: "ManualCharge",
  tableName: "manual_charges",
  ...tenantTable,
  indexes: [{ properties: ["organizationId", "invoiceId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    invoiceId: p.uuid().nullable(),
    description: p.text(),
    quantity: p.decimal().columnType("numeric").$type<string>(),
    amountMinor: p.bigint().$type<bigint>(),
    createdAt: p.datetime(),
  },
});

/**
 * A choice of the route of one organization's meter. It holds for the periods that begin at it or
 * later, until the next choice; without one, usage goes by `invoice_item`.
 */
export const MeterRouteSchema = defineEntity({
  name: "MeterRoute",
  tableName: "meter_routes",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    meter: p.text().$type<MeterCode>().primary(),
    chosenAt: p.datetime().primary(),
    route: p.text().$type<UsageRoute>(),
  },
});

/** One run over all periods that ended by an instant. It can be stopped at any moment and goes on where it was. */
export const BillingRunSchema = defineEntity({
  name: "BillingRun",
  tableName: "billing_runs",
  ...platformTable,
  properties: {
    id: p.uuid().primary(),
    until: p.datetime(),
    state: p.text().$type<"RUNNING" | "DONE" | "FAILED">(),
    total: p.integer(),
    done: p.integer(),
    charges: p.integer(),
    /** The last organization that is done. */
    cursor: p.uuid().nullable(),
    error: p.text().nullable(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});
