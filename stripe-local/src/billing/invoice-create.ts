import type { Call } from "../http/call.ts";
import { missing } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import { type InvoiceItem, subscriptionOfItem } from "../objects/invoice-item.ts";
import { type Invoice, subscriptionIdOf } from "../objects/invoice.ts";
import type { CollectionMethod, Metadata } from "../objects/subscription.ts";
import { draft, DRAFT_WINDOW, pendingItems } from "./invoice-drafts.ts";
import { changeInvoice, saveInvoice } from "./invoice-store.ts";
import { ownMethod } from "./payer.ts";
import { readCustomer, readInvoice, readInvoiceItem, readSubscription } from "./read.ts";
import { refuse } from "./refuse.ts";

export type InvoiceParams = {
  auto_advance?: boolean;
  automatically_finalizes_at?: number;
  collection_method?: CollectionMethod;
  currency?: string;
  customer?: string;
  days_until_due?: number;
  default_payment_method?: string;
  description?: string;
  due_date?: number;
  effective_at?: number | "";
  footer?: string;
  metadata?: Metadata | "";
  number?: string;
  pending_invoice_items_behavior?: "exclude" | "include";
  subscription?: string;
};

/** Makes a draft by hand. */
export function createInvoice(call: Call, params: InvoiceParams): Invoice {
  const subscription =
    params.subscription === undefined ? null : readSubscription(call, params.subscription, "subscription");
  const customerId = params.customer ?? subscription?.customer;
  if (customerId === undefined) throw missing("customer");
  const customer = readCustomer(call, customerId, "customer");
  const currency = params.currency ?? subscription?.currency ?? customer.currency ?? "usd";
  const collectionMethod = params.collection_method ?? subscription?.collection_method ?? "charge_automatically";
  checkDue(collectionMethod, params);
  const waiting =
    params.pending_invoice_items_behavior === "include"
      ? pendingItems(call, customer.id, subscription?.id ?? null, currency).filter(
          (item) => subscription === null || subscriptionOfItem(item) === subscription.id,
        )
      : [];
  const invoice = draft(
    call,
    {
      customer,
      subscription,
      billingReason: "manual",
      currency,
      period: { start: call.now, end: call.now },
      collectionMethod,
      daysUntilDue: params.days_until_due ?? subscription?.days_until_due ?? null,
      autoAdvance: params.auto_advance ?? false,
    },
    waiting,
    [],
  );
  const made = { ...invoice, ...fieldsOf(call, invoice, params) };
  saveInvoice(call, made);
  call.emit("invoice.created", made);
  return made;
}

function checkDue(method: CollectionMethod, { days_until_due, due_date }: InvoiceParams): void {
  if (method === "charge_automatically" && (days_until_due !== undefined || due_date !== undefined)) {
    throw refuse("You can only set a due date if `collection_method` is `send_invoice`.", "due_date");
  }
}

function fieldsOf(call: Call, before: Invoice, params: InvoiceParams): Partial<Invoice> {
  const { default_payment_method, description, due_date, effective_at, footer, metadata, number } = params;
  return {
    ...(params.automatically_finalizes_at === undefined
      ? {}
      : { auto_advance: true, automatically_finalizes_at: params.automatically_finalizes_at }),
    ...(default_payment_method === undefined
      ? {}
      : { default_payment_method: ownMethod(call, default_payment_method, before.customer).id }),
    ...(description === undefined ? {} : { description: description || null }),
    ...(due_date === undefined ? {} : { due_date }),
    ...(effective_at === undefined ? {} : { effective_at: effective_at === "" ? null : effective_at }),
    ...(footer === undefined ? {} : { footer: footer || null }),
    ...(metadata === undefined ? {} : { metadata: mergeMetadata(before.metadata, metadata) }),
    ...(number === undefined ? {} : { number: number || null }),
  };
}

/** What may still change once an invoice is final. */
const finalParams = new Set(["auto_advance", "default_payment_method", "metadata", "expand"]);

/** @throws StripeError for what a final invoice no longer lets change */
export function updateInvoice(call: Call, id: string, params: InvoiceParams): Invoice {
  const before = readInvoice(call, id);
  const refused = before.status === "draft" ? undefined : Object.keys(params).find((param) => !finalParams.has(param));
  if (refused !== undefined) {
    throw refuse("Finalized invoices can't be updated in this way", refused, "invoice_not_editable");
  }
  const { auto_advance, collection_method, days_until_due } = params;
  const method = collection_method ?? before.collection_method;
  checkDue(method, params);
  return changeInvoice(call, before, {
    ...(auto_advance === undefined ? {} : advanceFields(call, before, auto_advance)),
    ...fieldsOf(call, before, params),
    collection_method: method,
    ...(days_until_due === undefined ? {} : { local: { ...before.local, daysUntilDue: days_until_due } }),
  });
}

/** Whether the invoice goes on by itself: as a draft to be finalized, else to be collected. */
function advanceFields({ now }: Call, invoice: Invoice, auto_advance: boolean): Partial<Invoice> {
  const { attempted, collection_method, next_payment_attempt, status } = invoice;
  const isCollected = status === "open" && collection_method === "charge_automatically";
  const firstAttempt = isCollected && !attempted ? now + DRAFT_WINDOW : null;
  return {
    auto_advance,
    automatically_finalizes_at: status === "draft" && auto_advance ? now + DRAFT_WINDOW : null,
    next_payment_attempt: auto_advance ? (next_payment_attempt ?? firstAttempt) : null,
  };
}

/** Throws a draft away; its items wait again when they did before. @throws StripeError for a final invoice */
export function deleteInvoice(call: Call, id: string): { id: string; object: string; deleted: true } {
  const invoice = readInvoice(call, id);
  if (invoice.status !== "draft" || subscriptionIdOf(invoice) !== null) {
    throw refuse("You can only delete draft invoices that do not belong to a subscription.", "id");
  }
  for (const line of invoice.lines) {
    const itemId = line.parent.invoice_item_details?.invoice_item;
    if (itemId === undefined) continue;
    const item: InvoiceItem = readInvoiceItem(call, itemId);
    call.store.put({ ...item, invoice: null }, { invoice: null });
  }
  call.store.remove("invoice", id);
  call.emit("invoice.deleted", invoice);
  return { id, object: "invoice", deleted: true };
}
