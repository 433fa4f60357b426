import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { raiseAlarm } from "./alarms.ts";
import { idOf, stripeOf } from "./stripe-client.ts";

/** The invoice at Stripe that a charge, refund, dispute, credit note or payment is about; null when there is none. */
export async function invoiceBehind(
  platform: Platform,
  { kind, id }: { readonly kind: string; readonly id: string },
): Promise<string | null> {
  const stripe = stripeOf(platform);
  switch (kind) {
    case "credit_note":
      return idOf((await stripe.creditNotes.retrieve(id)).invoice);
    case "invoice_payment":
      return idOf((await stripe.invoicePayments.retrieve(id)).invoice);
    case "refund":
      return invoiceOfIntent(platform, idOf((await stripe.refunds.retrieve(id)).payment_intent));
    case "charge":
      return invoiceOfIntent(platform, idOf((await stripe.charges.retrieve(id)).payment_intent));
    case "dispute":
      return invoiceOfIntent(platform, idOf((await stripe.disputes.retrieve(id)).payment_intent));
    default:
      return null;
  }
}

async function invoiceOfIntent(platform: Platform, intentId: string | null): Promise<string | null> {
  if (intentId === null) return null;
  const { data } = await stripeOf(platform).invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: intentId },
    limit: 1,
  });
  return idOf(data[0]?.invoice);
}

/** A dispute freezes refunds of its invoice and is staff's to answer. @returns false when it is about no invoice */
export async function noteDispute(platform: Platform, organizationId: string, id: string): Promise<boolean> {
  const dispute = await stripeOf(platform).disputes.retrieve(id);
  const invoiceId = await invoiceOfIntent(platform, idOf(dispute.payment_intent));
  if (invoiceId === null) return false;
  const open = !["won", "lost", "warning_closed", "prevented"].includes(dispute.status);
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql("update invoices set disputed = $3 where organization_id = $1 and stripe_id = $2", [
      organizationId,
      invoiceId,
      open,
    ]),
  );
  await inPlatformTransaction(platform.pool, (sql) =>
    raiseAlarm(sql, platform.clock(), {
      key: `dispute:${id}`,
      kind: "dispute",
      organizationId,
      message: `A payment of ${invoiceId} is disputed (${dispute.reason}): ${dispute.status}.`,
      detail: { dispute: id, invoice: invoiceId, amountMinor: dispute.amount, status: dispute.status },
    }),
  );
  return true;
}
