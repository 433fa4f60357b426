import { majorFromMinor } from "../kernel/money.ts";
import type { Sql } from "../platform/database/sql.ts";
import { publishWebhooks } from "../webhooks/publish-webhook.ts";
import type { WebhookEventType } from "../webhooks/webhook-event.ts";
import type { InvoiceStatus } from "./invoice.entity.ts";
import type { MirroredInvoice } from "./mirrored-invoice.ts";

/** What was known of an invoice before a save. */
export type KnownInvoice = { readonly status: InvoiceStatus; readonly attemptCount: number };

type News = { readonly type: WebhookEventType; readonly key: string; readonly at: Date };

/** Tells the customer's endpoints what a save has changed about an invoice, in the transaction of the save. */
export async function publishInvoice(
  sql: Sql,
  organizationId: string,
  id: string,
  before: KnownInvoice | null,
  invoice: MirroredInvoice,
  now: Date,
): Promise<void> {
  const news = newsOf(id, before, invoice, now);
  const data = dataOf(id, invoice);
  await publishWebhooks(
    sql,
    news.map((piece) => ({ ...piece, organizationId, data })),
  );
}

/** What happened since, in its order: several steps may come with one reading. A draft is nobody's news. */
export function newsOf(id: string, before: KnownInvoice | null, invoice: MirroredInvoice, now: Date): News[] {
  const { status, issuedAt, paidAt, closedAt, attemptCount } = invoice;
  const news = (type: WebhookEventType, at: Date | null, more = ""): News => ({
    type,
    key: `${type}:${id}${more}`,
    at: at ?? now,
  });
  const was = before?.status ?? "DRAFT";
  const isOwed = status === "OPEN" || status === "UNCOLLECTIBLE";
  return [
    ...(was === "DRAFT" && status !== "DRAFT" ? [news("invoice.issued", issuedAt)] : []),
    ...(isOwed && invoice.collection === "CARD" && attemptCount > (before?.attemptCount ?? 0)
      ? [news("invoice.payment_failed", now, `:${attemptCount}`)]
      : []),
    ...(status === "PAID" && was !== "PAID" ? [news("invoice.paid", paidAt)] : []),
    ...(status === "VOID" && was !== "VOID" ? [news("invoice.voided", closedAt)] : []),
  ];
}

/** Amounts are exact decimals of the currency's major unit. */
const dataOf = (id: string, invoice: MirroredInvoice) => ({
  invoiceId: id,
  number: invoice.number,
  status: invoice.status,
  currency: invoice.currency.toUpperCase(),
  total: majorFromMinor(invoice.totalMinor),
  amountDue: majorFromMinor(invoice.amountDueMinor),
  amountPaid: majorFromMinor(invoice.amountPaidMinor),
  amountRemaining: majorFromMinor(invoice.amountRemainingMinor),
  periodStart: invoice.periodStart,
  periodEnd: invoice.periodEnd,
  issuedAt: invoice.issuedAt,
  dueAt: invoice.dueAt,
  paidAt: invoice.paidAt,
  attemptCount: invoice.attemptCount,
  nextAttemptAt: invoice.nextAttemptAt,
  hostedUrl: invoice.hostedUrl,
});
