import type { StripeObject } from "../store/store.ts";
import type { Metadata } from "./subscription.ts";

export type CreditNoteReason = "duplicate" | "fraudulent" | "order_change" | "product_unsatisfactory";

export type CreditNoteLine = StripeObject & {
  object: "credit_note_line_item";
  amount: number;
  description: string | null;
  invoice_line_item?: string;
  metadata: Metadata;
  quantity: number | null;
  type: "custom_line_item" | "invoice_line_item";
  unit_amount: number | null;
  unit_amount_decimal: string | null;
};

type GivenLine = Pick<CreditNoteLine, "id" | "amount" | "type"> & Partial<CreditNoteLine>;

export const newCreditNoteLine = (given: GivenLine): CreditNoteLine => ({
  description: null,
  discount_amount: 0,
  discount_amounts: [],
  livemode: false,
  metadata: {},
  pretax_credit_amounts: [],
  quantity: null,
  tax_rates: [],
  taxes: [],
  unit_amount: null,
  unit_amount_decimal: null,
  ...given,
  object: "credit_note_line_item",
});

export type LinkedRefund = {
  amount_refunded: number;
  payment_record_refund: null;
  refund: string;
  type: "refund";
};

/** A credit note as it is stored: its lines in an array. */
export type CreditNote = StripeObject & {
  object: "credit_note";
  amount: number;
  created: number;
  currency: string;
  customer: string;
  customer_balance_transaction: string | null;
  invoice: string;
  lines: CreditNoteLine[];
  memo: string | null;
  metadata: Metadata;
  number: string;
  out_of_band_amount: number | null;
  post_payment_amount: number;
  pre_payment_amount: number;
  reason: CreditNoteReason | null;
  refunds: LinkedRefund[];
  status: "issued" | "void";
  type: "mixed" | "post_payment" | "pre_payment";
  voided_at: number | null;
};

type Given = Pick<
  CreditNote,
  "id" | "amount" | "created" | "currency" | "customer" | "invoice" | "lines" | "number" | "type"
> &
  Pick<CreditNote, "post_payment_amount" | "pre_payment_amount"> &
  Partial<CreditNote> & { pdf: string };

/** Corrects a final invoice. */
export const newCreditNote = (given: Given): CreditNote => ({
  amount_shipping: 0,
  customer_account: null,
  customer_balance_transaction: null,
  discount_amount: 0,
  discount_amounts: [],
  effective_at: given.created,
  livemode: false,
  memo: null,
  metadata: {},
  out_of_band_amount: null,
  pretax_credit_amounts: [],
  reason: null,
  refunds: [],
  shipping_cost: null,
  status: "issued",
  subtotal: given.amount,
  subtotal_excluding_tax: given.amount,
  total: given.amount,
  total_excluding_tax: given.amount,
  total_taxes: [],
  voided_at: null,
  ...given,
  object: "credit_note",
});
