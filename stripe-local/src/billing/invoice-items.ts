import type { Call } from "../http/call.ts";
import { missing } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import { type InvoiceItem, newInvoiceItem, subscriptionOfItem } from "../objects/invoice-item.ts";
import type { Invoice, LineItem, Pricing } from "../objects/invoice.ts";
import type { Metadata } from "../objects/subscription.ts";
import { type Decimal, decimalOf, readDecimal, wholeOf, wholeProduct, writeDecimal } from "./decimal.ts";
import { createInlinePrice, type PriceData } from "./inline-price.ts";
import { relineDraft } from "./invoice-drafts.ts";
import { changeInvoice } from "./invoice-store.ts";
import { lineOfItem, pricingOf } from "./lines.ts";
import { amountFor } from "./price-amount.ts";
import { readCustomer, readInvoice, readInvoiceItem, readPrice, readSubscription } from "./read.ts";
import { refuse } from "./refuse.ts";

/** What says how much an item costs: an amount, a unit price and a quantity, or a price and a quantity. */
export type AmountParams = {
  amount?: number;
  price_data?: PriceData;
  pricing?: { price?: string };
  quantity?: number;
  quantity_decimal?: string;
  unit_amount_decimal?: string;
};

export type InvoiceItemParams = AmountParams & {
  currency?: string;
  customer?: string;
  description?: string;
  discountable?: boolean;
  invoice?: string;
  metadata?: Metadata | "";
  period?: { end: number; start: number };
  subscription?: string;
};

type Priced = Pick<InvoiceItem, "amount" | "pricing" | "quantity" | "quantity_decimal"> & { currency: string | null };

/** @throws StripeError when nothing says what it costs, or two things do */
function pricedBy(call: Call, params: AmountParams): Priced {
  const { amount, price_data, pricing, unit_amount_decimal } = params;
  const quantity = quantityOf(params);
  const written = { quantity: wholeOf(quantity), quantity_decimal: writeDecimal(quantity) };
  const ways = [amount, price_data, pricing?.price, unit_amount_decimal].filter((way) => way !== undefined);
  if (ways.length > 1) {
    throw refuse("You may only specify one of these parameters: amount, pricing, price_data, unit_amount_decimal.");
  }
  if (unit_amount_decimal !== undefined) {
    const unit = readDecimal(unit_amount_decimal) ?? 0n;
    return { ...written, amount: wholeProduct(unit, quantity), currency: null, pricing: unitPricing(unit) };
  }
  if (price_data !== undefined || pricing?.price !== undefined) {
    const price = price_data
      ? createInlinePrice(call, price_data)
      : readPrice(call, String(pricing?.price), "pricing[price]");
    return { ...written, amount: amountFor(price, quantity), currency: price.currency, pricing: pricingOf(price) };
  }
  if (amount === undefined) throw missing("amount");
  const pricingOfAmount = unitPricing(decimalOf(amount));
  return { amount, currency: null, pricing: pricingOfAmount, quantity: 1, quantity_decimal: "1" };
}

function quantityOf({ quantity, quantity_decimal }: AmountParams): Decimal {
  if (quantity !== undefined && quantity_decimal !== undefined) {
    throw refuse("You may only specify one of these parameters: quantity, quantity_decimal.");
  }
  return quantity_decimal === undefined ? decimalOf(quantity ?? 1) : (readDecimal(quantity_decimal) ?? 0n);
}

const unitPricing = (unit: Decimal): Pricing => ({ type: "price_details", unit_amount_decimal: writeDecimal(unit) });

/** Makes an item: on a draft when it names one, else waiting for the next invoice. */
export function createInvoiceItem(call: Call, params: InvoiceItemParams): InvoiceItem {
  const target = params.invoice === undefined ? null : draftOf(call, params.invoice);
  const subscription =
    params.subscription === undefined ? null : readSubscription(call, params.subscription, "subscription");
  const customerId = params.customer ?? target?.customer ?? subscription?.customer;
  if (customerId === undefined) throw missing("customer");
  const customer = readCustomer(call, customerId, "customer");
  if (target && target.customer !== customer.id) {
    throw refuse(`The invoice ${target.id} belongs to another customer.`, "invoice");
  }
  const { currency, ...priced } = pricedBy(call, params);
  const itemCurrency = currency ?? params.currency ?? target?.currency ?? customer.currency;
  if (itemCurrency === null || itemCurrency === undefined) throw missing("currency");
  if (target && target.currency !== itemCurrency) {
    throw refuse(`The currency of the invoice is ${target.currency}.`, "currency");
  }
  const item = newInvoiceItem({
    id: call.newId("ii"),
    ...priced,
    currency: itemCurrency,
    customer: customer.id,
    date: call.now,
    description: params.description || null,
    discountable: params.discountable ?? true,
    invoice: target?.id ?? null,
    metadata: mergeMetadata({}, params.metadata ?? {}),
    parent: subscription && {
      subscription_details: { subscription: subscription.id },
      type: "subscription_details",
    },
    period: params.period ?? { start: call.now, end: call.now },
  });
  call.store.put(item, { subscription: subscriptionOfItem(item), created: item.date });
  call.emit("invoiceitem.created", item);
  if (target) reline(call, target, [...target.lines, lineOfItem(call, item)]);
  return item;
}

/** @throws StripeError when the invoice is final */
function draftOf(call: Call, id: string, param = "invoice"): Invoice {
  const invoice = readInvoice(call, id, param);
  if (invoice.status !== "draft") {
    throw refuse("The invoice is no longer editable: it is finalized.", param, "invoice_not_editable");
  }
  return invoice;
}

const reline = (call: Call, invoice: Invoice, lines: LineItem[]): Invoice =>
  relineDraft(call, invoice, lines, readCustomer(call, invoice.customer).balance);

/** @throws StripeError when the item is on a final invoice */
export function updateInvoiceItem(call: Call, id: string, params: InvoiceItemParams): InvoiceItem {
  const before = readInvoiceItem(call, id);
  const target = before.invoice === null ? null : draftOf(call, before.invoice, "id");
  const { amount, price_data, pricing, quantity, quantity_decimal, unit_amount_decimal } = params;
  const isPriced = [amount, price_data, pricing, quantity, quantity_decimal, unit_amount_decimal].some(
    (given) => given !== undefined,
  );
  const { currency: _currency, ...priced } = isPriced ? pricedBy(call, withUnitOf(before, params)) : { currency: null };
  const after: InvoiceItem = {
    ...before,
    ...priced,
    ...(params.description === undefined ? {} : { description: params.description || null }),
    ...(params.discountable === undefined ? {} : { discountable: params.discountable }),
    ...(params.metadata === undefined ? {} : { metadata: mergeMetadata(before.metadata, params.metadata) }),
    ...(params.period === undefined ? {} : { period: params.period }),
  };
  const stored: InvoiceItem = { ...after, net_amount: after.amount };
  call.store.put(stored);
  if (target) {
    const lines = target.lines.map((line) => (itemOfLine(line) === id ? refreshed(call, line, stored) : line));
    reline(call, target, lines);
  }
  return stored;
}

/** A quantity alone is of the price that the item has. */
function withUnitOf(item: InvoiceItem, params: AmountParams): AmountParams {
  const { amount, price_data, pricing, unit_amount_decimal } = params;
  if (amount !== undefined || price_data || pricing || unit_amount_decimal !== undefined) return params;
  const price = item.pricing?.price_details?.price;
  if (price !== undefined) return { ...params, pricing: { price } };
  return { ...params, unit_amount_decimal: item.pricing?.unit_amount_decimal ?? "0" };
}

const refreshed = (call: Call, line: LineItem, item: InvoiceItem): LineItem => ({
  ...lineOfItem(call, item),
  id: line.id,
});

/** The invoice item that a line shows, if it shows one. */
const itemOfLine = ({ parent }: LineItem): string | null =>
  parent.invoice_item_details?.invoice_item ?? parent.subscription_item_details?.invoice_item ?? null;

/** @throws StripeError when the item is on a final invoice */
export function deleteInvoiceItem(call: Call, id: string): { id: string; object: string; deleted: true } {
  const item = readInvoiceItem(call, id);
  if (item.invoice !== null) {
    const target = draftOf(call, item.invoice, "id");
    const lines = target.lines.filter((line) => itemOfLine(line) !== id);
    reline(call, target, lines);
  }
  call.store.remove("invoiceitem", id);
  call.emit("invoiceitem.deleted", item);
  return { id, object: "invoiceitem", deleted: true };
}

/** Several lines at once onto a draft. */
export function addLines(
  call: Call,
  id: string,
  lines: readonly (InvoiceItemParams & { invoice_item?: string })[],
  metadata: Metadata | "" = {},
): Invoice {
  for (const line of lines) {
    if (line.invoice_item === undefined) createInvoiceItem(call, { ...line, invoice: id });
    else takeItem(call, id, line.invoice_item);
  }
  const invoice = readInvoice(call, id);
  return changeInvoice(call, invoice, { metadata: mergeMetadata(invoice.metadata, metadata) });
}

function takeItem(call: Call, invoiceId: string, itemId: string): void {
  const target = draftOf(call, invoiceId, "id");
  const item = readInvoiceItem(call, itemId, "lines[invoice_item]");
  if (item.invoice !== null) throw refuse("The invoice item is already on an invoice.", "lines[invoice_item]");
  const taken = { ...item, invoice: invoiceId };
  call.store.put(taken);
  reline(call, target, [...target.lines, lineOfItem(call, taken)]);
}
