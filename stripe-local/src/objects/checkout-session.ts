import type { StripeObject } from "../store/store.ts";
import type { Metadata } from "./subscription.ts";

export type CheckoutLine = StripeObject & {
  object: "item";
  amount_subtotal: number;
  amount_total: number;
  currency: string;
  description: string | null;
  /** The price's id. */
  price: string;
  quantity: number | null;
};

export type CheckoutSession = StripeObject & {
  object: "checkout.session";
  amount_subtotal: number | null;
  amount_total: number | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  created: number;
  currency: string | null;
  customer: string | null;
  customer_details: object | null;
  customer_email: string | null;
  expires_at: number;
  invoice: string | null;
  metadata: Metadata;
  mode: "setup" | "subscription";
  payment_status: "no_payment_required" | "paid" | "unpaid";
  setup_intent: string | null;
  status: "complete" | "expired" | "open";
  subscription: string | null;
  success_url: string | null;
  url: string | null;
  local: {
    lines: CheckoutLine[];
    /** What the subscription is created with, as the request said. */
    subscriptionData: Record<string, unknown>;
    /** The authentication that the person has still to give. */
    waitsFor: string | null;
  };
};

type Given = Pick<CheckoutSession, "id" | "created" | "expires_at" | "mode" | "local"> & Partial<CheckoutSession>;

/** Every field that Stripe shows, with the values of a session on its own page. */
export const newCheckoutSession = (given: Given): CheckoutSession => ({
  adaptive_pricing: null,
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  amount_subtotal: null,
  amount_total: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  cancel_url: null,
  client_reference_id: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer: null,
  customer_account: null,
  customer_creation: null,
  customer_details: null,
  customer_email: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  locale: null,
  managed_payments: null,
  metadata: {},
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: "always",
  payment_method_configuration_details: null,
  payment_method_options: null,
  payment_method_types: ["card"],
  payment_status: "unpaid",
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: "open",
  submit_type: null,
  subscription: null,
  success_url: null,
  total_details: null,
  ui_mode: "hosted_page",
  url: null,
  wallet_options: null,
  ...given,
  object: "checkout.session",
});
