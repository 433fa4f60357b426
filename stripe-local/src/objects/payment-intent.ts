import type { StripeObject } from "../store/store.ts";
import type { Metadata } from "./subscription.ts";

export type PaymentIntentStatus =
  | "canceled"
  | "processing"
  | "requires_action"
  | "requires_confirmation"
  | "requires_payment_method"
  | "succeeded";

export type PaymentIntent = StripeObject & {
  object: "payment_intent";
  amount: number;
  amount_received: number;
  canceled_at: number | null;
  cancellation_reason: string | null;
  client_secret: string;
  created: number;
  currency: string;
  customer: string;
  description: string | null;
  last_payment_error: object | null;
  latest_charge: string | null;
  metadata: Metadata;
  next_action: object | null;
  payment_method: string | null;
  status: PaymentIntentStatus;
  local: {
    invoice: string;
    /** Whether the attempt that waits for authentication belongs to the schedule of retries. */
    waits: "none" | "scheduled" | "asked";
  };
};

type Given = Pick<PaymentIntent, "id" | "amount" | "created" | "currency" | "customer" | "local"> &
  Partial<PaymentIntent>;

export const newPaymentIntent = (given: Given): PaymentIntent => ({
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: "automatic",
  client_secret: `${given.id}_secret_${given.id.slice(-12)}`,
  confirmation_method: "automatic",
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: null,
  metadata: {},
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_method_options: null,
  payment_method_types: ["card"],
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: "requires_payment_method",
  transfer_group: null,
  ...given,
  object: "payment_intent",
});

export type InvoicePayment = StripeObject & {
  object: "invoice_payment";
  amount_paid: number | null;
  amount_requested: number;
  created: number;
  currency: string;
  invoice: string;
  payment: { payment_intent: string; type: "payment_intent" };
  status: "canceled" | "open" | "paid";
  status_transitions: { canceled_at: number | null; paid_at: number | null };
};

export const newInvoicePayment = (
  given: Pick<InvoicePayment, "id" | "amount_requested" | "created" | "currency" | "invoice" | "payment">,
): InvoicePayment => ({
  amount_paid: null,
  is_default: true,
  livemode: false,
  status: "open",
  status_transitions: { canceled_at: null, paid_at: null },
  ...given,
  object: "invoice_payment",
});
