import type { StripeObject } from "../store/store.ts";
import type { Pricing } from "./invoice.ts";
import type { Metadata } from "./subscription.ts";

export type InvoiceItem = StripeObject & {
  object: "invoiceitem";
  amount: number;
  currency: string;
  customer: string;
  date: number;
  description: string | null;
  /** null while the item waits for the customer's next invoice. */
  invoice: string | null;
  metadata: Metadata;
  parent: {
    subscription_details: { subscription: string; subscription_item?: string };
    type: "subscription_details";
  } | null;
  period: { end: number; start: number };
  pricing: Pricing | null;
  proration: boolean;
  quantity: number;
  quantity_decimal: string;
};

type Given = Pick<InvoiceItem, "id" | "amount" | "currency" | "customer" | "date" | "period"> & Partial<InvoiceItem>;

export const newInvoiceItem = (given: Given): InvoiceItem => ({
  customer_account: null,
  description: null,
  discountable: given.proration !== true,
  discounts: [],
  invoice: null,
  livemode: false,
  metadata: {},
  net_amount: given.amount,
  parent: null,
  pricing: null,
  proration: false,
  quantity: 1,
  quantity_decimal: "1",
  tax_rates: [],
  test_clock: null,
  ...given,
  object: "invoiceitem",
});

export const subscriptionOfItem = (item: InvoiceItem): string | null =>
  item.parent?.subscription_details.subscription ?? null;
