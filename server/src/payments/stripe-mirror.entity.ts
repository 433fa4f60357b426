import { defineEntity, p } from "@mikro-orm/postgresql";
import { platformTable, tenantTable } from "../platform/database/policies.ts";
import type { MeterCode } from "../rating/meter.ts";

/** The card or other method that Stripe will charge. No number of it ever reaches us. */
export type PaymentMethod = {
  readonly id: string;
  readonly kind: string;
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number | null;
  readonly expYear: number | null;
};

/** An item of a subscription that bills what is reported to a meter. */
export type MeteredItem = { readonly itemId: string; readonly priceId: string };

/** The organization as Stripe's customer. */
export const StripeCustomerSchema = defineEntity({
  name: "StripeCustomer",
  tableName: "stripe_customers",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    stripeId: p.text(),
    email: p.text().nullable(),
    currency: p.text().nullable(),
    paymentMethod: p.json<PaymentMethod>().nullable(),
    /** Below zero: credit for the next invoice. Whole minor units. */
    balanceMinor: p.bigint().$type<bigint>(),
    deletedAt: p.datetime().nullable(),
    syncedAt: p.datetime(),
  },
});

/** Stripe's subscription as last read. `granted` says that it is what the organization's plan stands on. */
export const StripeSubscriptionSchema = defineEntity({
  name: "StripeSubscription",
  tableName: "stripe_subscriptions",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    stripeId: p.text().primary(),
    status: p.text(),
    /** The item with the plan's price. */
    itemId: p.text(),
    /** The items with a price of a meter beside it. */
    meteredItems: p.json<MeteredItem[]>().nullable(),
    planVersionId: p.uuid(),
    /** The price that was agreed with the customer, in minor units; null: the plan's. */
    agreedMinor: p.bigint().$type<bigint>().nullable(),
    collection: p.text().$type<"CARD" | "INVOICE">(),
    periodStart: p.datetime(),
    periodEnd: p.datetime(),
    trialEnd: p.datetime().nullable(),
    cancelAt: p.datetime().nullable(),
    pausedAt: p.datetime().nullable(),
    pendingUpdateUntil: p.datetime().nullable(),
    scheduleId: p.text().nullable(),
    latestInvoiceId: p.text().nullable(),
    granted: p.boolean(),
    endedAt: p.datetime().nullable(),
    syncedAt: p.datetime(),
  },
});

/** Whose object of Stripe's it is: how a webhook finds its tenant. */
export const StripeOwnerSchema = defineEntity({
  name: "StripeOwner",
  tableName: "stripe_owners",
  ...platformTable,
  properties: {
    stripeId: p.text().primary(),
    kind: p.text(),
    organizationId: p.uuid(),
  },
});

/** The price at Stripe of a plan version. */
export const StripePriceSchema = defineEntity({
  name: "StripePrice",
  tableName: "stripe_prices",
  ...platformTable,
  properties: {
    planVersionId: p.uuid().primary(),
    productId: p.text(),
    priceId: p.text(),
    unitAmountMinor: p.bigint().$type<bigint>(),
    currency: p.text(),
    createdAt: p.datetime(),
  },
});

/** What one of our meters is at Stripe: a meter, and a price of one minor unit for each that is reported to it. */
export const StripeMeterSchema = defineEntity({
  name: "StripeMeter",
  tableName: "stripe_meters",
  ...platformTable,
  properties: {
    meter: p.text().$type<MeterCode>().primary(),
    meterId: p.text(),
    productId: p.text(),
    priceId: p.text(),
    createdAt: p.datetime(),
  },
});
