import type { Call } from "../http/call.ts";
import { StripeError } from "../http/stripe-error.ts";
import type { Invoice } from "../objects/invoice.ts";
import { isEnded, type Subscription } from "../objects/subscription.ts";
import { collect } from "./collect.ts";
import { finalize } from "./finalize.ts";
import { draft, pendingItems } from "./invoice-drafts.ts";
import { keepPendingUpdate } from "./pending-update.ts";
import { readCustomer, readInvoice, readSubscription } from "./read.ts";
import { refuse } from "./refuse.ts";
import { voidIfOpen } from "./subscription-end.ts";
import { fieldChanges, type UpdateParams } from "./subscription-fields.ts";
import { changeSubscription, saveSubscription } from "./subscription-store.ts";
import type { PaymentBehavior } from "./subscription-terms.ts";
import { planUpdate, type UpdatePlan } from "./update-plan.ts";

/** What may come along with a change that waits for its payment. */
const pendingParams = new Set([
  "billing_cycle_anchor",
  "cancel_at_period_end",
  "expand",
  "items",
  "metadata",
  "off_session",
  "payment_behavior",
  "proration_behavior",
  "proration_date",
  "trial_end",
]);

/**
 * Changes a subscription. Another price, quantity or period is billed as `proration_behavior` says;
 * with `pending_if_incomplete` it happens only once it is paid.
 *
 * @throws StripeError when the change cannot be
 */
export function updateSubscription(call: Call, id: string, params: UpdateParams): Subscription {
  const before = readSubscription(call, id);
  checkUpdate(before, params);
  const isPending = params.payment_behavior === "pending_if_incomplete";
  if (!changesBilling(params)) return changeSubscription(call, before, fieldChanges(call, before, params));
  const current = dropPendingUpdate(call, before);
  const { changed, invoice, plan } = draftUpdate(call, current, params);
  if (isPending && invoice) return applyOncePaid(call, current, params, { changed, invoice, plan });
  const after = invoice ? { ...changed, latest_invoice: invoice.id } : changed;
  saveAndTell(call, before, after);
  if (invoice) chargeUpdate(call, invoice.id, params.payment_behavior);
  return readSubscription(call, id);
}

type DraftedUpdate = {
  readonly changed: Subscription;
  /** The draft of what is billed at once, when something is. */
  readonly invoice: Invoice | null;
  readonly plan: UpdatePlan;
};

/** Everything about a change up to its payment; the subscription itself is not stored yet. */
export function draftUpdate(call: Call, before: Subscription, params: UpdateParams): DraftedUpdate {
  const plan = planUpdate(call, before, {
    items: params.items ?? [],
    proration: params.proration_behavior ?? "create_prorations",
    anchor: params.billing_cycle_anchor?.type ?? "unchanged",
    ...(params.proration_date === undefined ? {} : { prorationDate: params.proration_date }),
    ...(params.trial_end === undefined ? {} : { trialEnd: params.trial_end }),
  });
  const changed = applyPlan(call, before, params, plan);
  storeProrations(call, plan);
  const isBilledNow = plan.startsPeriod || params.proration_behavior === "always_invoice";
  return { changed, invoice: isBilledNow ? billUpdate(call, changed, params, plan) : null, plan };
}

/** Whether a change touches prices and periods, and not only what is said of the subscription. */
export const changesBilling = ({ items, billing_cycle_anchor, trial_end }: UpdateParams): boolean =>
  (items !== undefined && items.length > 0) || billing_cycle_anchor?.type === "now" || trial_end !== undefined;

function checkUpdate(subscription: Subscription, params: UpdateParams): void {
  const asked = Object.keys(params);
  const managed = asked.find((param) => param === "cancel_at" || param === "cancel_at_period_end");
  if (subscription.schedule !== null && managed !== undefined) {
    throw refuse(
      `The subscription is managed by the subscription schedule \`${subscription.schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
      managed,
    );
  }
  const mayAfterEnd = new Set(["cancellation_details", "metadata", "expand"]);
  if (isEnded(subscription) && asked.some((param) => !mayAfterEnd.has(param))) {
    throw refuse("A canceled subscription can only update its cancellation_details and metadata.", "id");
  }
  if (params.payment_behavior !== "pending_if_incomplete") return;
  if (subscription.collection_method !== "charge_automatically") {
    throw refuse("`pending_if_incomplete` needs `collection_method=charge_automatically`.", "payment_behavior");
  }
  const refused = asked.find((param) => !pendingParams.has(param));
  if (refused !== undefined) {
    throw refuse(
      `When \`payment_behavior\` is set to \`pending_if_incomplete\`, you can't pass \`${refused}\`.`,
      refused,
    );
  }
}

function saveAndTell(call: Call, before: Subscription, after: Subscription): void {
  saveSubscription(call, after);
  changeSubscription(call, before, after);
}

const endOf = ({ items }: UpdatePlan): number => Math.min(...items.map(({ current_period_end }) => current_period_end));

/** The fields that a change of prices and periods gives. */
function planChanges(before: Subscription, plan: UpdatePlan): Partial<Subscription> {
  const isTrialOver = before.status === "trialing" && plan.trialEnd === null;
  const isTrialBegun = before.status !== "trialing" && plan.trialEnd !== null;
  return {
    billing_cycle_anchor: plan.anchor,
    items: plan.items,
    ...(plan.startsPeriod && before.cancel_at_period_end ? { cancel_at: endOf(plan) } : {}),
    ...(isTrialOver ? { status: "active" as const } : {}),
    ...(isTrialBegun ? { status: "trialing" as const, trial_start: plan.items[0]?.current_period_start ?? null } : {}),
    ...(plan.startsPeriod && (isTrialOver || plan.trialEnd !== null)
      ? { trial_end: plan.trialEnd ?? plan.anchor }
      : {}),
  };
}

function applyPlan(call: Call, before: Subscription, params: UpdateParams, plan: UpdatePlan): Subscription {
  const changed = { ...before, ...planChanges(before, plan) };
  return { ...changed, ...fieldChanges(call, changed, params) };
}

function storeProrations(call: Call, { prorations }: UpdatePlan): void {
  for (const item of prorations) {
    call.store.put(item);
    call.emit("invoiceitem.created", item);
  }
}

/** The draft of what a change costs now, or null when that is nothing at all. */
function billUpdate(call: Call, changed: Subscription, params: UpdateParams, plan: UpdatePlan): Invoice | null {
  const customer = readCustomer(call, changed.customer);
  const items = pendingItems(call, customer.id, changed.id, changed.currency);
  const { lines } = plan;
  if (items.length === 0 && lines.length === 0) return null;
  const invoice = draft(
    call,
    {
      customer,
      subscription: changed,
      billingReason: "subscription_update",
      currency: changed.currency,
      period: { start: call.now, end: call.now },
      collectionMethod: changed.collection_method,
      daysUntilDue: changed.days_until_due,
      autoAdvance: true,
      ...(params.proration_date === undefined ? {} : { prorationDate: params.proration_date }),
    },
    items,
    lines,
  );
  call.emit("invoice.created", invoice);
  return invoice;
}

function chargeUpdate(call: Call, invoiceId: string, behavior: PaymentBehavior = "allow_incomplete"): Invoice {
  const invoice = finalize(call, invoiceId);
  if (invoice.status !== "open" || invoice.collection_method !== "charge_automatically") return invoice;
  if (behavior === "default_incomplete") return invoice;
  const collected = collect(call, invoice, { occasion: "scheduled" });
  // Thrown from here it takes the whole change back, the attempt too.
  if (behavior === "error_if_incomplete" && collected.kind !== "paid") throw rolledBack(collected.error);
  return collected.invoice;
}

const rolledBack = (error: StripeError): StripeError =>
  new StripeError(error.message, {
    type: "card_error",
    ...(error.code === null ? {} : { code: error.code }),
    ...(error.declineCode === null ? {} : { declineCode: error.declineCode }),
  });

/** Charges for a change and applies it when that is paid; else it waits. */
function applyOncePaid(
  call: Call,
  before: Subscription,
  params: UpdateParams,
  { changed, invoice: drafted, plan }: DraftedUpdate & { invoice: Invoice },
): Subscription {
  // While it is not paid the subscription must not feel a failure: the invoice is the change's own.
  const waiting = { ...before, local: { ...before.local, pendingInvoice: drafted.id } };
  saveSubscription(call, waiting);
  const finalized = finalize(call, drafted.id);
  const collected = finalized.status === "open" ? collect(call, finalized, { occasion: "asked" }) : null;
  const invoice = readInvoice(call, drafted.id);
  if (collected === null || collected.kind === "paid") {
    const after = { ...changed, latest_invoice: invoice.id };
    saveAndTell(call, before, after);
    return after;
  }
  return keepPendingUpdate(call, before, invoice.id, {
    subscription_items: plan.items,
    ...(plan.startsPeriod ? { billing_cycle_anchor: plan.anchor } : {}),
    ...(params.trial_end === undefined ? {} : { trial_end: plan.trialEnd ?? plan.anchor }),
    ...(params.cancel_at_period_end === undefined ? {} : { cancel_at_period_end: params.cancel_at_period_end }),
    ...(params.metadata === undefined || params.metadata === "" ? {} : { metadata: params.metadata }),
  });
}

/** A new change takes the place of one that still waits for its payment. */
export function dropPendingUpdate(call: Call, subscription: Subscription): Subscription {
  const { pendingInvoice } = subscription.local;
  if (pendingInvoice === null) return subscription;
  const local = { ...subscription.local, pendingInvoice: null };
  const dropped: Subscription = { ...subscription, local, pending_update: null };
  saveSubscription(call, dropped);
  voidIfOpen(call, pendingInvoice);
  return dropped;
}
