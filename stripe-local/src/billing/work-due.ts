import type { Call } from "../http/call.ts";
import type { CheckoutSession } from "../objects/checkout-session.ts";
import { type Invoice, subscriptionIdOf } from "../objects/invoice.ts";
import type { Subscription } from "../objects/subscription.ts";
import type { Due } from "../store/store.ts";
import { expireSession } from "./checkout.ts";
import { advance, collect } from "./collect.ts";
import { changeInvoice, saveInvoice } from "./invoice-store.ts";
import { upcomingInvoice } from "./preview.ts";
import { readSubscription } from "./read.ts";
import { settleRefund } from "./refunds.ts";
import { workSubscription } from "./subscription-steps.ts";
import { changeSubscription, periodEndOf, renewalNoticeAt, saveSubscription } from "./subscription-store.ts";

/** Does the first thing that is due at one object. What is due after it stays due. */
export function workDue(call: Call, { kind, id, at }: Due): void {
  switch (kind) {
    case "subscription": {
      const subscription = call.store.get<Subscription>("subscription", id);
      if (!subscription) return;
      if (subscription.status !== "incomplete" && renewalNoticeAt(subscription) === at) tellRenewal(call, subscription);
      else workSubscription(call, subscription, at);
      return;
    }
    case "invoice": {
      const invoice = call.store.get<Invoice>("invoice", id);
      if (invoice) workInvoice(call, invoice, at);
      return;
    }
    case "checkout.session": {
      const session = call.store.get<CheckoutSession>("checkout.session", id);
      if (session?.status === "open") expireSession(call, session);
      return;
    }
    case "refund":
      settleRefund(call, id);
      return;
    default:
      throw new RangeError(`Nothing falls due at a ${kind}.`);
  }
}

/** Tells of the renewal with the invoice that it will bring. */
function tellRenewal(call: Call, subscription: Subscription): void {
  const local = { ...subscription.local, toldPeriodEnd: periodEndOf(subscription) };
  saveSubscription(call, { ...subscription, local });
  const upcoming = upcomingInvoice(call, subscription.id);
  if (upcoming) call.emit("invoice.upcoming", upcoming);
}

/** The steps of an invoice. */
function workInvoice(call: Call, invoice: Invoice, at: number): void {
  const { auto_advance, automatically_finalizes_at, due_date, local, next_payment_attempt, status } = invoice;
  if (status === "draft" && auto_advance && (automatically_finalizes_at ?? Infinity) <= at) advance(call, invoice.id);
  else if (status === "open" && (next_payment_attempt ?? Infinity) <= at)
    collect(call, invoice, { occasion: "scheduled" });
  else if (status === "open" && !local.toldOverdue && (due_date ?? Infinity) <= at) {
    tellOverdue(call, invoice);
  } else saveInvoice(call, invoice);
}

/** An invoice that was sent and not paid in time. */
function tellOverdue(call: Call, invoice: Invoice): void {
  const late = changeInvoice(call, invoice, { local: { ...invoice.local, toldOverdue: true } });
  call.emit("invoice.overdue", late);
  const subscriptionId = subscriptionIdOf(invoice);
  const subscription = subscriptionId === null ? null : readSubscription(call, subscriptionId);
  if (subscription?.status === "active") changeSubscription(call, subscription, { status: "past_due" });
}
