import type { Call } from "../http/call.ts";
import type { Customer } from "../objects/customer.ts";
import { type InvoiceItem, subscriptionOfItem } from "../objects/invoice-item.ts";
import { type BillingReason, type Invoice, type LineItem, newInvoice } from "../objects/invoice.ts";
import type { CollectionMethod, Subscription } from "../objects/subscription.ts";
import { saveInvoice } from "./invoice-store.ts";
import { settle, sumOf } from "./invoice-totals.ts";
import { lineOfItem } from "./lines.ts";
import type { Period } from "./periods.ts";
import { emitUpdate } from "./present.ts";

/** How long a draft stays a draft before it is finalized by itself. */
export const DRAFT_WINDOW = 3600;

/** Gives a draft its lines and the sums over them, with the customer's balance as it is now. */
function withLines(invoice: Invoice, lines: LineItem[], balance: number): Invoice {
  const subtotal = sumOf(lines);
  const { amount_due, starting_balance } = settle(subtotal, balance, invoice.currency);
  return {
    ...invoice,
    amount_due,
    amount_remaining: amount_due,
    lines: lines.map((line) => ({ ...line, invoice: invoice.id })),
    starting_balance,
    subtotal,
    subtotal_excluding_tax: subtotal,
    total: subtotal,
    total_excluding_tax: subtotal,
  };
}

type Terms = {
  readonly customer: Customer;
  readonly subscription: Subscription | null;
  readonly billingReason: BillingReason;
  readonly currency: string;
  readonly period: Period;
  readonly collectionMethod: CollectionMethod;
  readonly daysUntilDue: number | null;
  readonly autoAdvance: boolean;
  readonly prorationDate?: number;
};

/** An empty draft that is not stored yet. */
function blankInvoice(call: Call, terms: Terms): Invoice {
  const { customer, subscription, autoAdvance, prorationDate } = terms;
  return newInvoice({
    id: call.newId("in"),
    auto_advance: autoAdvance,
    automatically_finalizes_at: autoAdvance ? call.now + DRAFT_WINDOW : null,
    billing_reason: terms.billingReason,
    collection_method: terms.collectionMethod,
    created: call.now,
    currency: terms.currency,
    customer: customer.id,
    customer_address: customer["address"] ?? null,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer["phone"] ?? null,
    customer_shipping: customer["shipping"] ?? null,
    parent: subscription && {
      quote_details: null,
      subscription_details: {
        metadata: subscription.metadata,
        subscription: subscription.id,
        ...(prorationDate === undefined ? {} : { subscription_proration_date: prorationDate }),
      },
      type: "subscription_details",
    },
    period_start: terms.period.start,
    period_end: terms.period.end,
    local: {
      paymentIntent: null,
      firstFailedAt: null,
      failedAttempts: 0,
      daysUntilDue: terms.daysUntilDue,
      toldOverdue: false,
    },
  });
}

/** What waits for the customer's next invoice: items of this subscription, and items of none. */
export function pendingItems(
  { store }: Call,
  customerId: string,
  subscriptionId: string | null,
  currency: string,
): InvoiceItem[] {
  return store
    .list<InvoiceItem>("invoiceitem", { customer: customerId })
    .filter((item) => {
      const owner = subscriptionOfItem(item);
      return item.invoice === null && item.currency === currency && (owner === null || owner === subscriptionId);
    })
    .toReversed();
}

/**
 * Stores a draft with items and lines, the items first, and tells of it.
 *
 * @param items stored ones; they belong to the invoice from now on
 */
export function draft(call: Call, terms: Terms, items: readonly InvoiceItem[], lines: readonly LineItem[]): Invoice {
  const blank = blankInvoice(call, terms);
  const taken = items.map((item) => ({ ...item, invoice: blank.id }));
  for (const item of taken) call.store.put(item);
  const all = [...taken.map((item) => lineOfItem(call, item)), ...lines];
  const invoice = withLines(blank, all, terms.customer.balance);
  saveInvoice(call, invoice);
  return invoice;
}

/** Replaces the lines of a stored draft and tells of the change. */
export function relineDraft(call: Call, before: Invoice, lines: LineItem[], balance: number): Invoice {
  const after = withLines(before, lines, balance);
  saveInvoice(call, after);
  emitUpdate(call, "invoice.updated", before, after);
  return after;
}
