import { defineEntity, p } from "@mikro-orm/postgresql";
import type { PlanCode, PriceTerms } from "../catalog/plan-terms.ts";
import { tenantTable } from "../platform/database/policies.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { PriceKey } from "../rating/rate-card.ts";

export const SubscriptionStatus = {
  trialing: "TRIALING",
  active: "ACTIVE",
  pastDue: "PAST_DUE",
  paused: "PAUSED",
  canceled: "CANCELED",
} as const;
export type SubscriptionStatus = (typeof SubscriptionStatus)[keyof typeof SubscriptionStatus];

/** By card, charged when due, or by invoice, sent and paid within 30 days. */
export type Collection = "CARD" | "INVOICE";

/** One organization's agreement to one plan version: exactly one at any time, Free when nothing else was agreed. */
export const SubscriptionSchema = defineEntity({
  name: "Subscription",
  tableName: "subscriptions",
  ...tenantTable,
  indexes: [{ properties: ["currentPeriodEnd"] }, { properties: ["planVersionId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid(),
    planVersionId: p.uuid(),
    planCode: p.text().$type<PlanCode>(),
    status: p.text().$type<SubscriptionStatus>(),
    startedAt: p.datetime(),
    anchorAt: p.datetime(),
    currentPeriodId: p.uuid(),
    currentPeriodStart: p.datetime(),
    currentPeriodEnd: p.datetime(),
    trialEndsAt: p.datetime().nullable(),
    trialUsed: p.boolean(),
    cancelAt: p.datetime().nullable(),
    agreedMinor: p.bigint().$type<bigint>().nullable(),
    /** How its invoices are paid. */
    collection: p.text().$type<Collection>().default("CARD"),
    /** The plan version that takes over when the current period ends; null: the same. */
    nextPlanVersionId: p.uuid().nullable(),
    /** When the oldest unpaid renewal was first tried. */
    pastDueSince: p.datetime().nullable(),
    /** Since when Free's limits hold because of it. */
    restrictedAt: p.datetime().nullable(),
    pausedAt: p.datetime().nullable(),
  },
});

/**
 * From when on usage is rated by which plan version within a billing period: a row for each change
 * after the period's start. Append-only.
 */
export const PlanSpellSchema = defineEntity({
  name: "PlanSpell",
  tableName: "plan_spells",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    billingPeriodId: p.uuid(),
    startsAt: p.datetime(),
    planVersionId: p.uuid(),
    /** Why: upgrade, restricted, restored, dashboard; ahead: events had opened the period under another plan than it began with. */
    cause: p.text(),
  },
});

/** What is invoiced together: a span of a subscription with one plan version. Closed when it is over. */
export const BillingPeriodSchema = defineEntity({
  name: "BillingPeriod",
  tableName: "billing_periods",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "startAt"] }],
  indexes: [
    {
      name: "billing_periods_to_freeze",
      properties: ["organizationId"],
      where: "closed_at is not null and frozen_at is null",
    },
  ],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    startAt: p.datetime(),
    endAt: p.datetime(),
    planVersionId: p.uuid(),
    trial: p.boolean(),
    closedAt: p.datetime().nullable(),
    /** When its usage became charges. From then on nothing of it changes. */
    frozenAt: p.datetime().nullable(),
  },
});

/** A price of one customer's own, laid over the rate card of its plan while it is in force. */
export const PriceOverrideSchema = defineEntity({
  name: "PriceOverride",
  tableName: "price_overrides",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    meter: p.text().$type<MeterCode>(),
    priceKey: p.text().$type<PriceKey>(),
    price: p.json<PriceTerms>(),
    note: p.text(),
    createdAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});
