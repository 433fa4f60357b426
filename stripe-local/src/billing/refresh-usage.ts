import type { Call } from "../http/call.ts";
import { type Invoice, type LineItem, subscriptionIdOf } from "../objects/invoice.ts";
import type { Subscription } from "../objects/subscription.ts";
import { relineDraft } from "./invoice-drafts.ts";
import { cycleLine, isMetered } from "./lines.ts";
import { usageIn } from "./metered-usage.ts";
import { readCustomer, readPrice, readSubscription } from "./read.ts";

/** Rates the metered lines of a draft anew: what was used may be reported until the invoice is final. */
export function refreshUsage(call: Call, invoice: Invoice): Invoice {
  const subscriptionId = subscriptionIdOf(invoice);
  if (invoice.status !== "draft" || subscriptionId === null) return invoice;
  const subscription = readSubscription(call, subscriptionId);
  const lines = invoice.lines.map((line) => rated(call, subscription, line));
  const isSame = lines.every((line, index) => line.quantity_decimal === invoice.lines[index]?.quantity_decimal);
  return isSame ? invoice : relineDraft(call, invoice, lines, readCustomer(call, invoice.customer).balance);
}

function rated(call: Call, subscription: Subscription, line: LineItem): LineItem {
  const details = line.parent.subscription_item_details;
  const priceId = line.pricing?.price_details?.price;
  if (details === null || details.invoice_item !== null || priceId === undefined) return line;
  const price = readPrice(call, priceId);
  const item = subscription.items.find(({ id }) => id === details.subscription_item);
  if (!isMetered(price) || !item) return line;
  const used = usageIn(call, price, subscription.customer, line.period);
  return { ...cycleLine(call, { subscription, item, period: line.period, price }, used), id: line.id };
}
