import type { Call } from "../http/call.ts";
import { StripeError } from "../http/stripe-error.ts";
import type { StripeObject } from "../store/store.ts";
import { cardBehind, fingerprint, last4, type Decline, type EnteredCard, type TestCard } from "./card.ts";

export type Address = Record<"city" | "country" | "line1" | "line2" | "postal_code" | "state", string | null>;

export type BillingDetails = {
  address: Address;
  email: string | null;
  name: string | null;
  phone: string | null;
  tax_id: string | null;
};

export type PaymentMethod = StripeObject & {
  object: "payment_method";
  type: "card";
  created: number;
  customer: string | null;
  billing_details: BillingDetails;
  card: {
    brand: string;
    country: string;
    exp_month: number;
    exp_year: number;
    fingerprint: string;
    funding: string;
    last4: string;
    [field: string]: unknown;
  };
  metadata: Record<string, string>;
};

export const noAddress: Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** A card that belongs to nobody yet. It is not stored. */
export function newPaymentMethod(
  { newId, now }: Call,
  { card, expMonth, expYear, name, cvc }: EnteredCard,
  billing: Partial<BillingDetails> = {},
): PaymentMethod {
  return {
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { address: noAddress, email: null, name, phone: null, tax_id: null, ...billing },
    card: {
      brand: card.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: cvc === null ? null : card.declined?.code === "incorrect_cvc" ? "fail" : "pass",
      },
      country: card.country,
      display_brand: card.brand,
      exp_month: expMonth,
      exp_year: expYear,
      fingerprint: fingerprint(card),
      funding: card.funding,
      generated_from: null,
      last4: last4(card),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
}

/** What the card behind a payment method does. */
export const cardOf = (method: PaymentMethod): TestCard => cardBehind(method.card.fingerprint);

/**
 * Why a charge on a payment method fails by its card alone, or null when the bank would pay.
 *
 * @param at unix seconds; a card past its month is declined like one that a bank calls expired
 */
export function declineOf(method: PaymentMethod, at: number): Decline | null {
  const card = cardOf(method);
  if (card.declined) return card.declined;
  if (method.customer !== null && card.declinedOnceSaved) return card.declinedOnceSaved;
  return isPast(method.card, at)
    ? { code: "expired_card", declineCode: "expired_card", message: "Your card has expired." }
    : null;
}

/** Cards are good through the last day of their month. */
function isPast({ exp_month, exp_year }: { exp_month: number; exp_year: number }, at: number): boolean {
  return at * 1000 >= Date.UTC(exp_year, exp_month);
}

/** The 402 for a decline. */
export const declined = (
  { code, declineCode, message }: Decline,
  more: { paymentIntent?: object; setupIntent?: object; charge?: string; keepsChanges?: boolean } = {},
): StripeError => new StripeError(message, { type: "card_error", code, declineCode, ...more });

/**
 * Gives a payment method to a customer and tells so.
 *
 * @throws StripeError a card error when the bank refuses the card to be saved; nothing is changed
 */
export function attachToCustomer(call: Call, method: PaymentMethod, customer: string): PaymentMethod {
  const refusal = cardOf(method).declined;
  if (refusal) throw declined(refusal);
  const attached: PaymentMethod = { ...method, customer };
  call.store.put(attached, { customer });
  call.emit("payment_method.attached", attached);
  return attached;
}
