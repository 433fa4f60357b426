import type Stripe from "stripe";
import type { MeterCode } from "../rating/meter.ts";

/** What can be asked of Stripe, with the parameters of each kind as they lie in the outbox. */
export type CallParams = {
  "customer.create": Record<string, never>;
  "customer.update": Stripe.CustomerUpdateParams;
  "checkout.create": CheckoutParams;
  "checkout.expire": Targeted<Record<string, never>>;
  "subscription.create": SubscriptionParams;
  "subscription.update": Targeted<Stripe.SubscriptionUpdateParams>;
  "subscription.cancel": Targeted<Stripe.SubscriptionCancelParams>;
  "schedule.downgrade": { readonly subscriptionId: string; readonly planVersionId: string };
  "schedule.release": Targeted<Record<string, never>>;
  "invoice.create": Stripe.InvoiceCreateParams;
  "invoice.update": Targeted<Stripe.InvoiceUpdateParams>;
  "invoice.finalize": Targeted<Stripe.InvoiceFinalizeInvoiceParams>;
  "invoice.pay": Targeted<Stripe.InvoicePayParams>;
  "invoice.send": Targeted<Record<string, never>>;
  "invoice.void": Targeted<Record<string, never>>;
  "invoice.uncollectible": Targeted<Record<string, never>>;
  "invoice.delete": Targeted<Record<string, never>>;
  "item.create": Stripe.InvoiceItemCreateParams;
  "meter.subscribe": { readonly subscriptionId: string; readonly meter: MeterCode };
  "meter.report": MeterReport;
  "credit_note.create": Stripe.CreditNoteCreateParams;
  "refund.create": Stripe.RefundCreateParams;
};

/** A charge that a meter of Stripe's is told. `at` is Unix seconds, within the period of the line that it makes. */
export type MeterReport = {
  readonly meter: MeterCode;
  /** Whole minor units. */
  readonly value: string;
  readonly at: number;
  /** Stripe takes one event of an identifier. */
  readonly identifier: string;
};

export type CallKind = keyof CallParams;

/** Parameters for one existing object. */
export type Targeted<P> = { readonly id: string; readonly params: P };

/** A visit to Checkout for a plan. Instants are Unix seconds. */
export type CheckoutParams = {
  readonly orderId: string;
  readonly planVersionId: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly trialEnd: number | null;
};

/** A subscription without a visit to Checkout: on trial, by agreement, or with the card on file. */
export type SubscriptionParams = {
  readonly planVersionId: string;
  readonly collection: "CARD" | "INVOICE";
  /** In minor units; null: the plan's price. */
  readonly agreedMinor: string | null;
  readonly trialEnd: number | null;
  /** The start of the current period, where it began before Stripe heard of it: its fee is invoiced whole. */
  readonly since: number | null;
  /** Fails instead of leaving an unpaid subscription behind. */
  readonly mustPay: boolean;
};
