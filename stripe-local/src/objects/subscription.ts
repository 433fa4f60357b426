import type { StripeObject } from "../store/store.ts";

export type Metadata = Record<string, string>;

/** What was billed for a time, in minor units. */
export type Debit = { readonly amount: number; readonly start: number; readonly end: number };

/** An item as it is stored: its price by id, and what only the stand-in knows under `debit`. */
export type SubscriptionItem = StripeObject & {
  object: "subscription_item";
  created: number;
  current_period_end: number;
  current_period_start: number;
  /** What was billed for the running period, as far as it has not been credited. */
  debit?: Debit;
  metadata: Metadata;
  /** The price's id. */
  price: string;
  /** null for a metered price. */
  quantity: number | null;
  subscription: string;
};

export type SubscriptionStatus =
  | "active"
  | "canceled"
  | "incomplete"
  | "incomplete_expired"
  | "past_due"
  | "paused"
  | "trialing"
  | "unpaid";

export type CollectionMethod = "charge_automatically" | "send_invoice";
export type MissingPaymentMethod = "cancel" | "create_invoice" | "pause";
export type ProrationBehavior = "always_invoice" | "create_prorations" | "none";
export type PauseReason = "pause_requested" | "trial_end_without_payment_method";

/** What waits for its invoice to be paid. */
export type PendingUpdate = {
  billing_cycle_anchor: number | null;
  cancel_at_period_end: boolean | null;
  discount: null;
  discounts: null;
  expires_at: number;
  metadata: Metadata | null;
  subscription_items: SubscriptionItem[] | null;
  trial_end: number | null;
  trial_from_plan: boolean | null;
};

export type CancellationDetails = {
  comment: string | null;
  feedback: string | null;
  feedback_option: null;
  reason: "cancellation_requested" | "payment_disputed" | "payment_failed" | null;
};

/** A subscription as it is stored: its items in an array, and what only the stand-in knows under `local`. */
export type Subscription = StripeObject & {
  object: "subscription";
  billing_cycle_anchor: number;
  billing_mode: { flexible: { proration_discounts?: "included" | "itemized" } | null; type: "classic" | "flexible" };
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  cancellation_details: CancellationDetails;
  collection_method: CollectionMethod;
  created: number;
  currency: string;
  customer: string;
  days_until_due: number | null;
  default_payment_method: string | null;
  description: string | null;
  ended_at: number | null;
  items: SubscriptionItem[];
  latest_invoice: string | null;
  metadata: Metadata;
  pause_collection: { behavior: "keep_as_draft" | "mark_uncollectible" | "void"; resumes_at: number | null } | null;
  pending_setup_intent: string | null;
  pending_update: PendingUpdate | null;
  schedule: string | null;
  start_date: number;
  status: SubscriptionStatus;
  status_details?:
    | {
        paused: { subscription: { type: PauseReason }; transitioned_at: number; type: "subscription" };
      }
    | undefined;
  trial_end: number | null;
  trial_settings: {
    end_behavior: { billing_cycle_anchor: "now" | "unchanged" | null; missing_payment_method: MissingPaymentMethod };
  };
  trial_start: number | null;
  local: {
    /** The invoice whose payment applies the pending update. */
    pendingInvoice: string | null;
    /** The invoice whose payment resumes the paused subscription. */
    resumptionInvoice: string | null;
    /** Whether the first attempt at that invoice resumes it, however it ends. */
    resumesOnAttempt: boolean;
    /** The trial end that `trial_will_end` was told for. */
    toldTrialEnd: number | null;
    /** The period end that `invoice.upcoming` was told for. */
    toldPeriodEnd: number | null;
    /** When the schedule's current phase ends. */
    phaseEndsAt: number | null;
  };
};

type Given = Pick<
  Subscription,
  | "id"
  | "billing_cycle_anchor"
  | "billing_mode"
  | "collection_method"
  | "created"
  | "currency"
  | "customer"
  | "items"
  | "status"
> &
  Partial<Subscription>;

/** Every field that Stripe shows, with the values of a subscription for which nothing special was asked. */
export const newSubscription = (given: Given): Subscription => ({
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  customer_account: null,
  days_until_due: null,
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: "self" },
  },
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  metadata: {},
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: "off",
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  start_date: given.created,
  test_clock: null,
  transfer_data: null,
  trial_end: null,
  trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" } },
  trial_start: null,
  local: {
    pendingInvoice: null,
    resumptionInvoice: null,
    resumesOnAttempt: false,
    toldTrialEnd: null,
    toldPeriodEnd: null,
    phaseEndsAt: null,
  },
  ...given,
  object: "subscription",
});

export const newSubscriptionItem = (
  given: Omit<SubscriptionItem, "object" | "metadata"> & { id: string; metadata?: Metadata },
): SubscriptionItem => ({ metadata: {}, ...given, object: "subscription_item" }) as SubscriptionItem;

/** Whether the subscription is over, whatever happens. */
export const isEnded = ({ status }: Subscription): boolean => status === "canceled" || status === "incomplete_expired";
