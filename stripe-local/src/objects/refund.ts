import type { StripeObject } from "../store/store.ts";
import type { Metadata } from "./subscription.ts";

export type RefundReason = "duplicate" | "fraudulent" | "requested_by_customer";

export type Refund = StripeObject & {
  object: "refund";
  amount: number;
  charge: string;
  created: number;
  currency: string;
  failure_reason?: string;
  metadata: Metadata;
  payment_intent: string;
  reason: RefundReason | null;
  status: "canceled" | "failed" | "pending" | "requires_action" | "succeeded";
};

type Given = Pick<
  Refund,
  "id" | "amount" | "charge" | "created" | "currency" | "payment_intent" | "reason" | "status"
> &
  Partial<Refund>;

/** Money on its way back to the card that it came from. */
export const newRefund = (given: Given): Refund => ({
  balance_transaction: null,
  customer: null,
  customer_account: null,
  destination_details: {
    card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
    type: "card",
  },
  metadata: {},
  payment_method: null,
  receipt_number: null,
  source_transfer_reversal: null,
  transfer_reversal: null,
  ...given,
  object: "refund",
});
