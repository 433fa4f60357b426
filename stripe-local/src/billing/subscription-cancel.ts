import type { Call } from "../http/call.ts";
import { invalid } from "../http/stripe-error.ts";
import type { Invoice, LineItem } from "../objects/invoice.ts";
import { isEnded, type Subscription } from "../objects/subscription.ts";
import { draft, pendingItems } from "./invoice-drafts.ts";
import { isMetered, priceOfItem, prorationItem } from "./lines.ts";
import { readCustomer, readSubscription } from "./read.ts";
import { usageLine } from "./renewal.ts";
import { endSubscription } from "./subscription-end.ts";
import { periodStartOf } from "./subscription-store.ts";

export type CancelParams = {
  cancellation_details?: { comment?: string; feedback?: string };
  invoice_now?: boolean;
  prorate?: boolean;
};

/**
 * Ends a subscription at once.
 *
 * `prorate` credits the unused time, `invoice_now` bills what was used and what waits; with neither,
 * nothing is billed and nothing is credited.
 *
 * @throws StripeError when there is none, or it is over
 */
export function cancelSubscription(call: Call, id: string, params: CancelParams): Subscription {
  const before = readSubscription(call, id);
  if (isEnded(before)) throw invalid("id", `No such subscription: '${id}'`, "resource_missing");
  if (params.prorate === true && before.status === "active") creditUnusedTime(call, before);
  const last = params.invoice_now === true ? finalInvoice(call, before, call.now) : null;
  const { comment, feedback } = params.cancellation_details ?? {};
  return endSubscription(call, before, {
    reason: "cancellation_requested",
    comment: comment ?? null,
    feedback: feedback ?? null,
    ...(last ? { latestInvoice: last.id } : {}),
  });
}

function creditUnusedTime(call: Call, subscription: Subscription): void {
  for (const item of subscription.items) {
    const price = priceOfItem(call, item);
    if (isMetered(price) || item.debit?.amount === 0) continue;
    const credit = prorationItem(call, { subscription, item, price, at: call.now, kind: "unused" });
    call.store.put(credit);
    call.emit("invoiceitem.created", credit);
  }
}

/** The draft that bills what was used of metered prices and what waits; null when there is neither. */
export function finalInvoice(call: Call, subscription: Subscription, at: number): Invoice | null {
  const customer = readCustomer(call, subscription.customer);
  const waiting = pendingItems(call, customer.id, subscription.id, subscription.currency);
  const used: LineItem[] =
    subscription.status === "trialing"
      ? []
      : subscription.items
          .filter((item) => isMetered(priceOfItem(call, item)))
          .map((item) => usageLine(call, subscription, item, at))
          .filter(({ quantity_decimal }) => quantity_decimal !== "0");
  if (waiting.length === 0 && used.length === 0) return null;
  const invoice = draft(
    call,
    {
      customer,
      subscription,
      billingReason: "subscription_cycle",
      currency: subscription.currency,
      period: { start: periodStartOf(subscription), end: at },
      collectionMethod: subscription.collection_method,
      daysUntilDue: subscription.days_until_due,
      autoAdvance: true,
    },
    waiting,
    used,
  );
  call.emit("invoice.created", invoice);
  return invoice;
}
