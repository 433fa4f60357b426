import type { Call } from "../http/call.ts";
import { type InvoiceItem, newInvoiceItem } from "../objects/invoice-item.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { ProrationBehavior, Subscription, SubscriptionItem } from "../objects/subscription.ts";
import { collect } from "./collect.ts";
import { decimalOf } from "./decimal.ts";
import { finalize } from "./finalize.ts";
import { draft, pendingItems } from "./invoice-drafts.ts";
import { cycleLine, isMetered, priceOfItem, prorationItem, withDebits } from "./lines.ts";
import { periodContaining } from "./periods.ts";
import { readCustomer, readSubscription } from "./read.ts";
import { refuse } from "./refuse.ts";
import { usageLine } from "./renewal.ts";
import { cadenceOf } from "./subscription-items.ts";
import { changeSubscription, periodEndOf, periodStartOf } from "./subscription-store.ts";

export type PauseParams = {
  bill_for?: {
    outstanding_usage_through?: { type: "none" | "now" };
    unused_time_from?: { type: "item_current_period_start" | "none" | "now" };
  };
  invoicing_behavior?: "invoice" | "pending_invoice_item";
};

/**
 * Stops a subscription until it is resumed: no invoices and no new periods.
 *
 * Unless told otherwise, the unused time is credited and what was used is billed, both with the next invoice.
 *
 * @throws StripeError when it does not run, has a schedule, or is billed in the classic way
 */
export function pauseSubscription(call: Call, id: string, params: PauseParams): Subscription {
  const before = readSubscription(call, id);
  if (before.billing_mode.type !== "flexible")
    throw refuse("Only subscriptions in flexible billing mode can be paused.");
  if (before.schedule !== null) throw refuse("Subscriptions with a schedule cannot be paused.");
  if (before.status !== "active" && before.status !== "past_due") {
    throw refuse(`A subscription with status ${before.status} cannot be paused.`);
  }
  const settled = [...creditsOf(call, before, params), ...usageOf(call, before, params)];
  for (const item of settled) {
    call.store.put(item);
    call.emit("invoiceitem.created", item);
  }
  const invoice = params.invoicing_behavior === "invoice" && settled.length > 0 ? bill(call, before, []) : null;
  const isCredited = params.bill_for?.unused_time_from?.type !== "none";
  const paused = changeSubscription(call, before, {
    ...(isCredited ? { items: withDebits(before.items, []) } : {}),
    ...(invoice ? { latest_invoice: invoice.id } : {}),
    status: "paused",
    status_details: {
      paused: { subscription: { type: "pause_requested" }, transitioned_at: call.now, type: "subscription" },
    },
  });
  call.emit("customer.subscription.paused", paused);
  return paused;
}

function creditsOf(call: Call, subscription: Subscription, { bill_for }: PauseParams): InvoiceItem[] {
  const from = bill_for?.unused_time_from?.type ?? "now";
  if (from === "none") return [];
  return subscription.items.flatMap((item) => {
    const price = priceOfItem(call, item);
    const at = from === "now" ? call.now : item.current_period_start;
    if (isMetered(price) || item.debit?.amount === 0) return [];
    return [prorationItem(call, { subscription, item, price, at, kind: "unused" })];
  });
}

/** What was used of metered prices so far, as items that wait. */
function usageOf(call: Call, subscription: Subscription, { bill_for }: PauseParams): InvoiceItem[] {
  if (bill_for?.outstanding_usage_through?.type === "none") return [];
  return subscription.items
    .filter((item) => isMetered(priceOfItem(call, item)))
    .map((item) => usageLine(call, subscription, item, call.now))
    .filter(({ quantity_decimal }) => quantity_decimal !== "0")
    .map((line) =>
      newInvoiceItem({
        id: call.newId("ii"),
        amount: line.amount,
        currency: line.currency,
        customer: subscription.customer,
        date: call.now,
        description: line.description,
        parent: { subscription_details: { subscription: subscription.id }, type: "subscription_details" },
        period: line.period,
        pricing: line.pricing,
        quantity: line.quantity ?? 1,
        quantity_decimal: line.quantity_decimal ?? "1",
      }),
    );
}

function bill(call: Call, subscription: Subscription, lines: Invoice["lines"]): Invoice {
  const customer = readCustomer(call, subscription.customer);
  const invoice = draft(
    call,
    {
      customer,
      subscription,
      billingReason: "subscription_update",
      currency: subscription.currency,
      period: { start: call.now, end: call.now },
      collectionMethod: subscription.collection_method,
      daysUntilDue: subscription.days_until_due,
      autoAdvance: true,
    },
    pendingItems(call, customer.id, subscription.id, subscription.currency),
    lines,
  );
  call.emit("invoice.created", invoice);
  return invoice;
}

export type ResumeParams = {
  billing_cycle_anchor?: { type: "now" | "unchanged" };
  payment_behavior?: "resume_on_payment_attempt" | "resume_on_payment_success";
  proration_behavior?: ProrationBehavior;
  proration_date?: number;
};

/**
 * Lets a paused subscription go on, with a new period from now or with the rest of the one that its anchor gives.
 *
 * When that is billed at once it stays paused until its invoice is paid; with `resume_on_payment_success` that is
 * tried at once.
 *
 * @throws StripeError when it is not paused
 */
export function resumeSubscription(call: Call, id: string, params: ResumeParams): Subscription {
  const before = readSubscription(call, id);
  if (before.status !== "paused") throw refuse("Only paused subscriptions can be resumed.");
  const isReset = (params.billing_cycle_anchor?.type ?? "now") === "now";
  const anchor = isReset ? call.now : before.billing_cycle_anchor;
  const items = before.items.map((item) => resumedItem(call, item, anchor));
  const running: Subscription = {
    ...before,
    billing_cycle_anchor: anchor,
    items,
    ...(before.trial_end !== null && before.trial_end > call.now ? { trial_end: call.now } : {}),
  };
  const lines = isReset ? fullLines(call, running) : [];
  const rest = isReset ? [] : restOf(call, running, params);
  const billed: Subscription = isReset ? { ...running, items: withDebits(items, lines) } : withRest(running, rest);
  const isBilledNow = isReset || params.proration_behavior === "always_invoice";
  const invoice = isBilledNow ? bill(call, billed, lines) : null;
  if (!invoice) return go(call, before, billed);

  const waiting: Subscription = {
    ...billed,
    latest_invoice: invoice.id,
    local: {
      ...billed.local,
      resumptionInvoice: invoice.id,
      resumesOnAttempt: params.payment_behavior !== "resume_on_payment_success",
    },
  };
  changeSubscription(call, before, waiting);
  const open = finalize(call, invoice.id);
  const isTried = params.payment_behavior === "resume_on_payment_success";
  if (open.status === "open" && isTried && open.collection_method === "charge_automatically") {
    collect(call, open, { occasion: "scheduled" });
  }
  return readSubscription(call, id);
}

function resumedItem(call: Call, item: SubscriptionItem, anchor: number): SubscriptionItem {
  const period = periodContaining(anchor, cadenceOf(priceOfItem(call, item)), call.now);
  const { debit } = item;
  // What was billed before the pause counts no longer once another period runs.
  const isSame = debit !== undefined && debit.end === period.end;
  return {
    ...item,
    current_period_start: period.start,
    current_period_end: period.end,
    debit: isSame ? debit : { amount: 0, ...period },
  };
}

const fullLines = (call: Call, subscription: Subscription): Invoice["lines"] =>
  subscription.items.flatMap((item) => {
    const price = priceOfItem(call, item);
    const period = { start: item.current_period_start, end: item.current_period_end };
    return isMetered(price)
      ? []
      : [cycleLine(call, { subscription, item, period, price }, decimalOf(item.quantity ?? 1))];
  });

/** The rest of the running period, as items that wait for the invoice: the next one, or one that is made at once. */
function restOf(call: Call, subscription: Subscription, params: ResumeParams): InvoiceItem[] {
  const { proration_behavior = "create_prorations", proration_date: at = call.now } = params;
  if (proration_behavior === "none") return [];
  if (at < periodStartOf(subscription) || at > periodEndOf(subscription)) {
    throw refuse("Cannot specify a proration date outside of the current period.", "proration_date");
  }
  return subscription.items.flatMap((item) => {
    const price = priceOfItem(call, item);
    if (isMetered(price)) return [];
    const rest = prorationItem(call, { subscription, item, price, at, kind: "remaining" });
    call.store.put(rest);
    call.emit("invoiceitem.created", rest);
    return [rest];
  });
}

/** The items with what is billed for the rest of their periods. */
const withRest = (subscription: Subscription, rest: readonly InvoiceItem[]): Subscription => ({
  ...subscription,
  items: subscription.items.map((item) => {
    const own = rest.find(({ parent }) => parent?.subscription_details.subscription_item === item.id);
    return own ? { ...item, debit: { amount: own.amount, ...own.period } } : item;
  }),
});

function go(call: Call, before: Subscription, running: Subscription): Subscription {
  const after = changeSubscription(call, before, { ...running, status: "active", status_details: undefined });
  call.emit("customer.subscription.resumed", after);
  return after;
}
