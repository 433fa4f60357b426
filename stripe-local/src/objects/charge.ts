import type { StripeObject } from "../store/store.ts";
import type { Decline } from "./card.ts";
import type { PaymentMethod } from "./payment-method.ts";
import type { Metadata } from "./subscription.ts";

export type Charge = StripeObject & {
  object: "charge";
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  captured: boolean;
  created: number;
  currency: string;
  customer: string;
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  metadata: Metadata;
  paid: boolean;
  payment_intent: string;
  payment_method: string;
  refunded: boolean;
  status: "failed" | "pending" | "succeeded";
};

type Given = {
  readonly id: string;
  readonly amount: number;
  readonly created: number;
  readonly currency: string;
  readonly customer: string;
  readonly description: string | null;
  readonly metadata: Metadata;
  readonly payment_intent: string;
};

/** What one attempt did with a card: paid when there is no decline. */
export function newCharge(given: Given, method: PaymentMethod, decline: Decline | null): Charge {
  const paid = decline === null;
  return {
    amount_captured: paid ? given.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: "QLP",
    captured: paid,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(given.amount, method), type: "card" },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: paid ? "succeeded" : "failed",
    transfer_data: null,
    transfer_group: null,
    ...given,
    object: "charge",
  };
}

const outcomeOf = (decline: Decline | null): object => ({
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: decline ? "declined_by_network" : "approved_by_network",
  reason: decline?.declineCode ?? null,
  risk_level: "normal",
  risk_score: 20,
  seller_message: decline ? "The bank did not return any further details with this decline." : "Payment complete.",
  type: decline ? "issuer_declined" : "authorized",
});

const cardDetails = (amount: number, { card }: PaymentMethod): object => ({
  amount_authorized: amount,
  authorization_code: null,
  brand: card.brand,
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
  country: card.country,
  electronic_commerce_indicator: null,
  exp_month: card.exp_month,
  exp_year: card.exp_year,
  fingerprint: card.fingerprint,
  funding: card.funding,
  installments: null,
  last4: card.last4,
  mandate: null,
  network: card.brand,
  network_transaction_id: null,
  regulated_status: "unregulated",
  three_d_secure: null,
  transaction_link_id: null,
  wallet: null,
});
