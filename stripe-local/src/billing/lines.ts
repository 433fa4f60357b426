import type { Call } from "../http/call.ts";
import { type InvoiceItem, newInvoiceItem, subscriptionOfItem } from "../objects/invoice-item.ts";
import { type LineItem, newLineItem, type Pricing } from "../objects/invoice.ts";
import type { Price } from "../objects/price.ts";
import type { Subscription, SubscriptionItem } from "../objects/subscription.ts";
import { type Decimal, decimalOf, writeDecimal } from "./decimal.ts";
import type { Period } from "./periods.ts";
import { amountFor } from "./price-amount.ts";
import { remaining, remainingTime, unusedTime } from "./proration.ts";
import { readPrice, readProduct } from "./read.ts";

export const pricingOf = (price: Price): Pricing => ({
  price_details: { price: price.id, product: price.product },
  type: "price_details",
  unit_amount_decimal: price.unit_amount_decimal,
});

const noCredit = { credited_items: null };

/** "$99.00", and as many places as a smaller unit price has. */
function money(price: Price): string {
  const style = new Intl.NumberFormat("en-US", { style: "currency", currency: price.currency });
  const places = style.resolvedOptions().maximumFractionDigits ?? 2;
  const unit = Number(price.unit_amount_decimal ?? price.unit_amount ?? 0) / 10 ** places;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: price.currency,
    maximumFractionDigits: 12,
  }).format(unit);
}

/** "1 × Starter (at $99.00 / month)" */
function descriptionOf(price: Price, product: string, quantity: string): string {
  if (price.billing_scheme === "tiered") return `${quantity} × ${product}`;
  const { interval = "month", interval_count = 1 } = price.recurring ?? {};
  const every = interval_count === 1 ? interval : `${interval_count} ${interval}s`;
  return `${quantity} × ${product} (at ${money(price)} / ${every})`;
}

type ItemLine = {
  readonly subscription: Subscription;
  readonly item: SubscriptionItem;
  readonly period: Period;
  readonly price: Price;
};

/** A line for a subscription's item over a whole period, or for what was used in it. */
export function cycleLine(call: Call, line: ItemLine, quantity: Decimal): LineItem {
  const { subscription, item, period, price } = line;
  const written = writeDecimal(quantity);
  return lineOfSubscription(call, line, {
    amount: amountFor(price, quantity),
    description: descriptionOf(price, readProduct(call, price.product).name, written),
    pricing: pricingOf(price),
    quantity: Math.round(Number(written)),
    quantity_decimal: written,
    metadata: { ...subscription.metadata, ...item.metadata },
    period: { start: period.start, end: period.end },
  });
}

/** The line that says that a trial costs nothing. */
export function trialLine(call: Call, line: ItemLine): LineItem {
  const { item, period, price } = line;
  const quantity = item.quantity ?? 1;
  return lineOfSubscription(call, line, {
    amount: 0,
    description: `Trial period for ${readProduct(call, price.product).name}`,
    pricing: { ...pricingOf(price), unit_amount_decimal: "0" },
    quantity,
    quantity_decimal: String(quantity),
    period: { start: period.start, end: period.end },
  });
}

function lineOfSubscription(
  { newId }: Call,
  { subscription, item, price }: ItemLine,
  line: Pick<LineItem, "amount" | "description" | "pricing" | "quantity" | "quantity_decimal" | "period"> &
    Partial<LineItem>,
): LineItem {
  return newLineItem({
    id: newId("il"),
    currency: price.currency,
    subscription: subscription.id,
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: noCredit,
        subscription: subscription.id,
        subscription_item: item.id,
      },
    },
    ...line,
  });
}

/** The line that shows an invoice item on its invoice. */
export function lineOfItem({ newId }: Call, item: InvoiceItem): LineItem {
  const subscription = subscriptionOfItem(item);
  const subscriptionItem = item.parent?.subscription_details.subscription_item;
  return newLineItem({
    id: newId("il"),
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item["discountable"],
    invoice: item.invoice,
    metadata: item.metadata,
    parent:
      item.proration && subscription !== null && subscriptionItem !== undefined
        ? {
            type: "subscription_item_details",
            invoice_item_details: null,
            subscription_item_details: {
              invoice_item: item.id,
              proration: true,
              proration_details: noCredit,
              subscription,
              subscription_item: subscriptionItem,
            },
          }
        : {
            type: "invoice_item_details",
            invoice_item_details: {
              invoice_item: item.id,
              proration: item.proration,
              proration_details: noCredit,
              subscription,
            },
            subscription_item_details: null,
          },
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription,
  });
}

type Proration = {
  readonly subscription: Subscription;
  readonly item: SubscriptionItem;
  readonly price: Price;
  readonly at: number;
  readonly kind: "unused" | "remaining";
};

/**
 * What the rest of an item's period is worth from `at` on: a debit when it is added, a credit when it goes unused.
 *
 * A credit is a part of what was billed for that time, which need not be the price: a period may have been free.
 */
export function prorationItem(call: Call, { subscription, item, price, at, kind }: Proration): InvoiceItem {
  const quantity = item.quantity ?? 1;
  const period = { start: item.current_period_start, end: item.current_period_end };
  const full = { amount: amountFor(price, decimalOf(quantity)), ...period };
  const billed = kind === "unused" && subscription.billing_mode.type === "flexible" ? (item.debit ?? full) : full;
  const worth = remaining(billed.amount, billed, at);
  const product = readProduct(call, price.product).name;
  const words = kind === "unused" ? unusedTime : remainingTime;
  return newInvoiceItem({
    id: call.newId("ii"),
    // Not `-worth`, which would be minus zero for nothing.
    amount: kind === "unused" ? 0 - worth : worth,
    currency: price.currency,
    customer: subscription.customer,
    date: call.now,
    description: words(product, quantity, at),
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: "subscription_details",
    },
    period: { start: at, end: period.end },
    pricing: pricingOf(price),
    proration: true,
    quantity,
    quantity_decimal: String(quantity),
  });
}

/** The items with what their lines bill for their periods; nothing was billed for those without one. */
export const withDebits = (items: readonly SubscriptionItem[], lines: readonly LineItem[]): SubscriptionItem[] =>
  items.map((item) => {
    const line = lines.find(({ parent }) => parent.subscription_item_details?.subscription_item === item.id);
    const { current_period_start: start, current_period_end: end } = item;
    return { ...item, debit: line ? { amount: line.amount, ...line.period } : { amount: 0, start, end } };
  });

export const priceOfItem = (call: Call, item: SubscriptionItem): Price => readPrice(call, item.price, "items");

export const isMetered = (price: Price): boolean => price.recurring?.usage_type === "metered";
