import type { StripeObject } from "../store/store.ts";
import type { CollectionMethod, Metadata } from "./subscription.ts";

export type Pricing = {
  price_details?: { price: string; product: string };
  type: "price_details";
  unit_amount_decimal: string | null;
};

type ProrationDetails = { credited_items: { invoice: string; invoice_line_items: string[] } | null };

export type LineParent =
  | {
      type: "subscription_item_details";
      invoice_item_details: null;
      subscription_item_details: {
        invoice_item: string | null;
        proration: boolean;
        proration_details: ProrationDetails;
        subscription: string;
        subscription_item: string;
      };
    }
  | {
      type: "invoice_item_details";
      invoice_item_details: {
        invoice_item: string;
        proration: boolean;
        proration_details: ProrationDetails;
        subscription: string | null;
      };
      subscription_item_details: null;
    };

export type LineItem = StripeObject & {
  object: "line_item";
  amount: number;
  currency: string;
  description: string | null;
  invoice: string | null;
  metadata: Metadata;
  parent: LineParent;
  period: { end: number; start: number };
  pricing: Pricing | null;
  quantity: number | null;
  quantity_decimal: string | null;
  subscription: string | null;
};

export type InvoiceStatus = "draft" | "open" | "paid" | "uncollectible" | "void";

export type BillingReason =
  | "manual"
  | "subscription"
  | "subscription_create"
  | "subscription_cycle"
  | "subscription_update"
  | "upcoming";

/** An invoice as it is stored: its lines in an array, and what only the stand-in knows under `local`. */
export type Invoice = StripeObject & {
  object: "invoice";
  amount_due: number;
  amount_overpaid: number;
  amount_paid: number;
  amount_paid_off_stripe?: number;
  amount_remaining: number;
  attempt_count: number;
  attempted: boolean;
  auto_advance: boolean;
  automatically_finalizes_at: number | null;
  billing_reason: BillingReason;
  collection_method: CollectionMethod;
  created: number;
  currency: string;
  customer: string;
  default_payment_method: string | null;
  description: string | null;
  due_date: number | null;
  effective_at: number | null;
  ending_balance: number | null;
  footer: string | null;
  hosted_invoice_url: string | null;
  invoice_pdf: string | null;
  lines: LineItem[];
  metadata: Metadata;
  next_payment_attempt: number | null;
  number: string | null;
  parent: {
    quote_details: null;
    subscription_details: { metadata: Metadata; subscription: string; subscription_proration_date?: number } | null;
    type: "subscription_details";
  } | null;
  period_end: number;
  period_start: number;
  post_payment_credit_notes_amount: number;
  pre_payment_credit_notes_amount: number;
  starting_balance: number;
  status: InvoiceStatus;
  status_transitions: {
    finalized_at: number | null;
    marked_uncollectible_at: number | null;
    paid_at: number | null;
    voided_at: number | null;
  };
  subtotal: number;
  total: number;
  local: {
    /** The invoice's payment, once it is finalized with something due. */
    paymentIntent: string | null;
    /** When the first attempt failed: the retries are counted from it. */
    firstFailedAt: number | null;
    /** Attempts of the schedule that failed. */
    failedAttempts: number;
    /** Days from finalization to the due date. */
    daysUntilDue: number | null;
    toldOverdue: boolean;
  };
};

type Given = Pick<
  Invoice,
  "id" | "billing_reason" | "collection_method" | "created" | "currency" | "customer" | "period_start" | "period_end"
> &
  Partial<Invoice>;

/** Every field that Stripe shows, with the values of an empty draft. */
export const newInvoice = (given: Given): Invoice => ({
  account_country: "US",
  account_name: "QLP Monetization",
  account_tax_ids: null,
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  auto_advance: false,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  automatically_finalizes_at: null,
  custom_fields: null,
  customer_account: null,
  customer_address: null,
  customer_email: null,
  customer_name: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: "none",
  customer_tax_ids: [],
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  due_date: null,
  effective_at: null,
  ending_balance: null,
  footer: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: "self" },
  last_finalization_error: null,
  latest_revision: null,
  lines: [],
  livemode: false,
  metadata: {},
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  parent: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  status: "draft",
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  subtotal: 0,
  subtotal_excluding_tax: 0,
  test_clock: null,
  total: 0,
  total_discount_amounts: [],
  total_excluding_tax: 0,
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
  local: { paymentIntent: null, firstFailedAt: null, failedAttempts: 0, daysUntilDue: null, toldOverdue: false },
  ...given,
  object: "invoice",
});

/** The subscription that an invoice belongs to. */
export const subscriptionIdOf = (invoice: Invoice): string | null =>
  invoice.parent?.subscription_details?.subscription ?? null;

type GivenLine = Pick<LineItem, "id" | "amount" | "currency" | "parent" | "period"> & Partial<LineItem>;

export const newLineItem = (given: GivenLine): LineItem => ({
  description: null,
  discount_amounts: [],
  discountable: true,
  discounts: [],
  invoice: null,
  livemode: false,
  metadata: {},
  pretax_credit_amounts: [],
  pricing: null,
  quantity: null,
  quantity_decimal: null,
  subscription: null,
  subtotal: given.amount,
  taxes: [],
  ...given,
  object: "line_item",
});
