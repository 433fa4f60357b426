import type { Call } from "../http/call.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { CancellationDetails, Subscription } from "../objects/subscription.ts";
import { voidInvoice } from "./finalize.ts";
import { changeInvoice } from "./invoice-store.ts";
import { cancelSchedule } from "./schedule-store.ts";
import { saveSubscription } from "./subscription-store.ts";

type Ending = {
  readonly reason: CancellationDetails["reason"];
  readonly status?: "canceled" | "incomplete_expired";
  readonly comment?: string | null;
  readonly feedback?: string | null;
  readonly latestInvoice?: string;
};

/** Ends a subscription now. What is still open is no longer collected by itself; what waits for its payment is dropped. */
export function endSubscription(call: Call, before: Subscription, ending: Ending): Subscription {
  const { reason, status = "canceled", comment, feedback, latestInvoice } = ending;
  const { cancellation_details: details, local } = before;
  const subscription: Subscription = {
    ...before,
    canceled_at: before.canceled_at ?? call.now,
    cancellation_details: {
      ...details,
      comment: comment ?? details.comment,
      feedback: feedback ?? details.feedback,
      reason: details.reason ?? reason,
    },
    ended_at: call.now,
    latest_invoice: latestInvoice ?? before.latest_invoice,
    local: { ...local, pendingInvoice: null, resumptionInvoice: null, phaseEndsAt: null },
    pending_update: null,
    schedule: null,
    status,
  };
  saveSubscription(call, subscription);
  if (before.schedule !== null) cancelSchedule(call, before.schedule);
  if (local.pendingInvoice !== null) voidIfOpen(call, local.pendingInvoice);
  for (const invoice of call.store.list<Invoice>("invoice", { subscription: before.id })) {
    const isCollected = invoice.auto_advance && (invoice.status === "open" || invoice.status === "draft");
    if (isCollected && invoice.id !== latestInvoice) {
      changeInvoice(call, invoice, {
        auto_advance: false,
        automatically_finalizes_at: null,
        next_payment_attempt: null,
      });
    }
  }
  if (status === "incomplete_expired")
    call.emit("customer.subscription.updated", subscription, { status: before.status });
  else call.emit("customer.subscription.deleted", subscription);
  return subscription;
}

export function voidIfOpen(call: Call, invoiceId: string): void {
  const invoice = call.store.get<Invoice>("invoice", invoiceId);
  if (invoice?.status === "open") voidInvoice(call, invoice);
}
