import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";

/** A line of a preview, in whole minor units. CREDIT: what the customer's balance pays. */
export type QuoteLine = {
  readonly kind: "FEE" | "PRORATION" | "CREDIT";
  readonly description: string;
  readonly amountMinor: string;
  readonly periodStart: string;
  readonly periodEnd: string;
};

/**
 * START: a first or new paid subscription. UPGRADE: now, prorated. DOWNGRADE: at the end of the
 * period. TRIAL: another plan to try, which its end will charge.
 */
export type PlanChangeKind = "START" | "UPGRADE" | "DOWNGRADE" | "TRIAL";

/** What a change of plan was shown to cost. Changing the plan with it charges exactly that. */
export const PlanQuoteSchema = defineEntity({
  name: "PlanQuote",
  tableName: "plan_quotes",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    planVersionId: p.uuid(),
    /** The plan version it was computed from: with another one in force the quote is stale. */
    fromPlanVersionId: p.uuid(),
    kind: p.text().$type<PlanChangeKind>(),
    prorationAt: p.datetime(),
    effectiveAt: p.datetime(),
    dueNowMinor: p.bigint().$type<bigint>(),
    nextInvoiceMinor: p.bigint().$type<bigint>(),
    lines: p.json<QuoteLine[]>(),
    losses: p.json<string[]>(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** A visit to hosted Checkout. */
export const CheckoutOrderSchema = defineEntity({
  name: "CheckoutOrder",
  tableName: "checkout_orders",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    sessionId: p.text().nullable(),
    planVersionId: p.uuid(),
    url: p.text().nullable(),
    state: p.text().$type<"OPEN" | "COMPLETED" | "EXPIRED">(),
    createdAt: p.datetime(),
    closedAt: p.datetime().nullable(),
  },
});

/** The one money-back claim of an organization. */
export const MoneyBackClaimSchema = defineEntity({
  name: "MoneyBackClaim",
  tableName: "money_back_claims",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid(),
    reason: p.text().nullable(),
    claimedAt: p.datetime(),
    refundedMinor: p.bigint().$type<bigint>(),
    state: p.text().$type<"CLAIMED" | "REFUNDED" | "FAILED">(),
    settledAt: p.datetime().nullable(),
  },
});

/** Who changes an organization's plan right now: two at once have one effect. */
export const PlanChangeTurnSchema = defineEntity({
  name: "PlanChangeTurn",
  tableName: "plan_change_turns",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    holder: p.uuid(),
    doing: p.text(),
    until: p.datetime(),
  },
});
