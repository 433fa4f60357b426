import type { StripeObject } from "../store/store.ts";
import type { CollectionMethod, Metadata, ProrationBehavior } from "./subscription.ts";

export type PhaseItem = {
  billing_thresholds: null;
  discounts: [];
  metadata: Metadata;
  plan: string;
  price: string;
  quantity?: number;
  tax_rates: [];
};

export type Phase = {
  add_invoice_items: [];
  application_fee_percent: null;
  billing_cycle_anchor: "automatic" | "phase_start" | null;
  billing_thresholds: null;
  collection_method: CollectionMethod | null;
  currency: string;
  default_payment_method: string | null;
  default_tax_rates: [];
  description: string | null;
  discounts: [];
  end_date: number;
  invoice_settings: null;
  items: PhaseItem[];
  metadata: Metadata;
  on_behalf_of: null;
  proration_behavior: ProrationBehavior;
  start_date: number;
  transfer_data: null;
  trial_end: number | null;
};

export type SubscriptionSchedule = StripeObject & {
  object: "subscription_schedule";
  canceled_at: number | null;
  completed_at: number | null;
  created: number;
  current_phase: { end_date: number; start_date: number } | null;
  customer: string;
  end_behavior: "cancel" | "none" | "release" | "renew";
  metadata: Metadata;
  phases: Phase[];
  released_at: number | null;
  released_subscription: string | null;
  status: "active" | "canceled" | "completed" | "not_started" | "released";
  subscription: string | null;
};

type Given = Pick<SubscriptionSchedule, "id" | "created" | "customer" | "phases" | "current_phase" | "subscription"> &
  Partial<SubscriptionSchedule>;

export const newSubscriptionSchedule = (given: Given): SubscriptionSchedule => ({
  application: null,
  billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
  canceled_at: null,
  completed_at: null,
  customer_account: null,
  default_settings: {
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: "automatic",
    billing_thresholds: null,
    collection_method: "charge_automatically",
    default_payment_method: null,
    description: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      days_until_due: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    on_behalf_of: null,
    transfer_data: null,
  },
  end_behavior: "release",
  livemode: false,
  metadata: {},
  pause_schedules: [],
  released_at: null,
  released_subscription: null,
  status: "active",
  test_clock: null,
  ...given,
  object: "subscription_schedule",
});
