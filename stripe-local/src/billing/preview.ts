import type { Call } from "../http/call.ts";
import { included } from "../http/paging.ts";
import { missing, StripeError } from "../http/stripe-error.ts";
import type { Invoice } from "../objects/invoice.ts";
import { isEnded, type Subscription } from "../objects/subscription.ts";
import type { StripeObject } from "../store/store.ts";
import { createInvoiceItem, type InvoiceItemParams } from "./invoice-items.ts";
import { presenter } from "./present.ts";
import { readSubscription } from "./read.ts";
import { rehearse } from "./rehearsal.ts";
import { cancelSubscription, finalInvoice } from "./subscription-cancel.ts";
import { startSubscription } from "./subscription-create.ts";
import { fieldChanges, type UpdateParams } from "./subscription-fields.ts";
import { workSubscription } from "./subscription-steps.ts";
import { periodEndOf } from "./subscription-store.ts";
import { planSubscription, type SubscriptionTerms } from "./subscription-terms.ts";
import { changesBilling, draftUpdate, dropPendingUpdate } from "./subscription-update.ts";

type PreviewDetails = Pick<
  UpdateParams,
  "billing_cycle_anchor" | "cancel_at" | "cancel_at_period_end" | "items" | "metadata" | "proration_behavior"
> &
  Pick<UpdateParams, "proration_date" | "trial_end"> & { cancel_now?: boolean };

export type PreviewParams = {
  customer?: string;
  invoice_items?: InvoiceItemParams[];
  preview_mode?: "next" | "recurring";
  subscription?: string;
  subscription_details?: PreviewDetails;
};

/**
 * The invoice that a change, an end or the next renewal will bring.
 *
 * It is what really happens, done in a rehearsal that leaves nothing behind: preview and invoice cannot disagree.
 *
 * @throws StripeError when no invoice will follow, or what is asked for cannot be
 */
export function previewInvoice(call: Call, params: PreviewParams): StripeObject {
  const dry = rehearse(call);
  const { customer, invoice_items = [], subscription: id } = params;
  for (const item of invoice_items) {
    const of = id === undefined ? {} : { subscription: id };
    createInvoiceItem(dry, { ...of, ...(customer === undefined ? {} : { customer }), ...item });
  }
  const invoice = id === undefined ? firstInvoice(dry, params) : changedInvoice(dry, id, params);
  if (!invoice) {
    throw new StripeError("No upcoming invoices for customer", { status: 404, code: "invoice_upcoming_none" });
  }
  return asPreview(dry, invoice);
}

/** What a subscription that does not exist yet would be billed first. */
function firstInvoice(dry: Call, { customer, subscription_details: details }: PreviewParams): Invoice | null {
  if (customer === undefined) throw missing("customer");
  if (!details?.items) throw missing("subscription_details[items]");
  const { items, trial_end, proration_behavior } = details;
  const terms: SubscriptionTerms = {
    customer,
    items,
    payment_behavior: "default_incomplete",
    ...(trial_end === undefined ? {} : { trial_end }),
    ...(proration_behavior === undefined ? {} : { proration_behavior }),
  };
  return startSubscription(dry, planSubscription(dry, terms)).invoice;
}

function changedInvoice(dry: Call, id: string, { subscription_details = {}, preview_mode }: PreviewParams) {
  const before = readSubscription(dry, id, "subscription");
  if (isEnded(before)) return null;
  const { cancel_now, ...change } = subscription_details;
  const wished = preview_mode === "recurring" ? { ...change, proration_behavior: "none" as const } : change;
  if (cancel_now === true) return lastInvoice(dry, before, wished);
  if (!changesBilling(wished)) {
    dry.store.put({ ...before, ...fieldChanges(dry, before, wished) });
    return renewalInvoice(dry, id);
  }
  const { changed, invoice } = draftUpdate(dry, dropPendingUpdate(dry, before), wished);
  dry.store.put(changed);
  return invoice ?? renewalInvoice(dry, id);
}

/** What is billed when the subscription ends now. */
function lastInvoice(dry: Call, before: Subscription, { proration_behavior }: PreviewDetails): Invoice | null {
  const prorate = proration_behavior !== "none";
  const ended = cancelSubscription(dry, before.id, { prorate, invoice_now: true });
  return ended.latest_invoice === before.latest_invoice ? null : invoiceOf(dry, ended.latest_invoice);
}

const invoiceOf = ({ store }: Call, id: string | null): Invoice | null =>
  id === null ? null : store.get<Invoice>("invoice", id);

/** What the next renewal will bring, as things stand; null when there will be none. */
export function upcomingInvoice(call: Call, id: string): StripeObject | null {
  const dry = rehearse(call);
  const invoice = renewalInvoice(dry, id);
  return invoice && asPreview(dry, invoice);
}

/** Enough for a phase, a trial, an end and a renewal at one instant. */
const MOST_STEPS = 10;

/** Lets the time run to the end of the period, in rehearsal. */
function renewalInvoice(dry: Call, id: string): Invoice | null {
  const before = readSubscription(dry, id);
  if (before.status === "paused") return null;
  const at = Math.min(periodEndOf(before), before.cancel_at ?? Infinity);
  const then: Call = { ...dry, now: at };
  for (let step = 0; step < MOST_STEPS; step += 1) {
    workSubscription(then, readSubscription(then, id), at);
    const now = readSubscription(then, id);
    if (now.latest_invoice !== before.latest_invoice) return invoiceOf(then, now.latest_invoice);
    if (isEnded(now)) return finalInvoice(then, { ...before, items: now.items }, at);
    if (now.status === "paused") return null;
  }
  return null;
}

/** A preview has no number, no page and nothing that happens to it by itself. It shows all its lines. */
function asPreview(dry: Call, invoice: Invoice): StripeObject {
  const id = `upcoming_${invoice.id}`;
  const shown = presenter.present(dry, {
    ...invoice,
    id,
    auto_advance: false,
    automatically_finalizes_at: null,
    billing_reason: invoice.billing_reason === "manual" ? "manual" : "upcoming",
    next_payment_attempt: invoice.collection_method === "charge_automatically" ? invoice.created + 3600 : null,
  });
  const lines = invoice.lines.map((line) => ({ ...line, invoice: id }));
  return { ...shown, lines: included(lines, `/v1/invoices/upcoming/lines`, lines.length) };
}
