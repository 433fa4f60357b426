import type { Sql } from "../platform/database/sql.ts";
import { isUuid, newId } from "../platform/id.ts";
import type { InvoiceStatus } from "./invoice.entity.ts";
import { mayFollow } from "./invoice-status.ts";
import { linesThatCount, type MirroredInvoice } from "./mirrored-invoice.ts";
import { type KnownInvoice, publishInvoice } from "./publish-invoice.ts";
import { saveLines } from "./save-lines.ts";

/** What a save has changed. `before` is null for an invoice that was not known. */
export type SavedInvoice = {
  readonly id: string;
  readonly before: InvoiceStatus | null;
  readonly after: InvoiceStatus;
};

/**
 * Makes the mirror of one invoice what Stripe's is: the invoice, its lines and payments, its
 * charges marked as invoiced, and the customer's endpoints told.
 *
 * News that is older than what is known, such as a paid invoice as it was when it was open, changes
 * nothing: `after` is then what it was before.
 *
 * @param sql a transaction of the organization's own
 */
export async function saveInvoice(
  sql: Sql,
  organizationId: string,
  mirrored: MirroredInvoice,
  now: Date,
): Promise<SavedInvoice> {
  const known = await lockInvoice(sql, organizationId, mirrored.stripeId);
  const id = known?.id ?? (await insertInvoice(sql, organizationId, mirrored, now));
  // Somebody else has inserted it since: it is known now.
  if (id === null) return saveInvoice(sql, organizationId, mirrored, now);
  if (known) {
    if (!mayFollow(known.status, mirrored.status)) return { id, before: known.status, after: known.status };
    await updateInvoice(sql, organizationId, id, mirrored, now);
  }
  await saveLines(sql, organizationId, id, linesThatCount(mirrored));
  await savePayments(sql, organizationId, id, mirrored);
  await markInvoiced(sql, organizationId, id, mirrored);
  await publishInvoice(sql, organizationId, id, known, mirrored, now);
  return { id, before: known?.status ?? null, after: mirrored.status };
}

async function lockInvoice(
  sql: Sql,
  organizationId: string,
  stripeId: string,
): Promise<(KnownInvoice & { readonly id: string }) | null> {
  const [row] = await sql<KnownInvoice & { readonly id: string }>(
    `select id, status, attempt_count as "attemptCount" from invoices where organization_id = $1 and stripe_id = $2 for update`,
    [organizationId, stripeId],
  );
  return row ?? null;
}

/** What an invoice's row takes from Stripe. The rest of it, such as whether it is held, is ours. */
const columnsOf = (invoice: MirroredInvoice, now: Date): Readonly<Record<string, unknown>> => ({
  stripe_id: invoice.stripeId,
  stripe_subscription_id: invoice.stripeSubscriptionId,
  number: invoice.number,
  status: invoice.status,
  reason: invoice.reason,
  collection: invoice.collection,
  currency: invoice.currency.toUpperCase(),
  period_start: invoice.periodStart,
  period_end: invoice.periodEnd,
  subtotal_minor: invoice.subtotalMinor.toString(),
  tax_minor: invoice.taxMinor.toString(),
  total_minor: invoice.totalMinor.toString(),
  amount_due_minor: invoice.amountDueMinor.toString(),
  amount_paid_minor: invoice.amountPaidMinor.toString(),
  amount_remaining_minor: invoice.amountRemainingMinor.toString(),
  credited_minor: invoice.creditedMinor.toString(),
  tax_detail: invoice.taxDetail === null ? null : JSON.stringify(invoice.taxDetail),
  hosted_url: invoice.hostedUrl,
  attempt_count: invoice.attemptCount,
  next_attempt_at: invoice.nextAttemptAt,
  created_at: invoice.createdAt,
  issued_at: invoice.issuedAt,
  due_at: invoice.dueAt,
  paid_at: invoice.paidAt,
  closed_at: invoice.closedAt,
  synced_at: now,
});

/** @returns its id; null when it is there already */
async function insertInvoice(
  sql: Sql,
  organizationId: string,
  mirrored: MirroredInvoice,
  now: Date,
): Promise<string | null> {
  const columns = {
    organization_id: organizationId,
    id: newId(),
    ...columnsOf(mirrored, now),
    refunded_minor: 0,
    disputed: false,
  };
  const rows = await sql<{ id: string }>(
    `insert into invoices (${Object.keys(columns).join(", ")}) values (${placeholders(columns, 1).join(", ")})
     on conflict (organization_id, stripe_id) do nothing returning id`,
    Object.values(columns),
  );
  return rows[0]?.id ?? null;
}

async function updateInvoice(
  sql: Sql,
  organizationId: string,
  id: string,
  mirrored: MirroredInvoice,
  now: Date,
): Promise<void> {
  const columns = columnsOf(mirrored, now);
  await sql(
    `update invoices set (${Object.keys(columns).join(", ")}) = row(${placeholders(columns, 3).join(", ")})
     where organization_id = $1 and id = $2`,
    [organizationId, id, ...Object.values(columns)],
  );
}

const placeholders = (columns: object, first: number): string[] =>
  Object.keys(columns).map((_, index) => `$${index + first}`);

async function savePayments(
  sql: Sql,
  organizationId: string,
  invoiceId: string,
  { payments }: MirroredInvoice,
): Promise<void> {
  if (payments.length === 0) return;
  const rows = payments.map((payment) => ({
    id: newId(),
    stripe_id: payment.stripeId,
    amount_minor: payment.amountMinor.toString(),
    status: payment.status,
    payment_intent_id: payment.paymentIntentId,
    created_at: payment.createdAt.toISOString(),
    paid_at: payment.paidAt?.toISOString() ?? null,
  }));
  await sql(
    `insert into invoice_payments (organization_id, id, stripe_id, invoice_id, amount_minor, status, payment_intent_id, created_at, paid_at)
     select $1::uuid, id, stripe_id, $2::uuid, amount_minor, status, payment_intent_id, created_at, paid_at
     from json_to_recordset($3::json) as r (id uuid, stripe_id text, amount_minor int8, status text, payment_intent_id text,
       created_at timestamptz, paid_at timestamptz)
     on conflict (organization_id, stripe_id) do update set amount_minor = excluded.amount_minor, status = excluded.status,
       payment_intent_id = excluded.payment_intent_id, paid_at = excluded.paid_at`,
    [organizationId, invoiceId, JSON.stringify(rows)],
  );
}

/** Charges that have a line here are billed here, unless another invoice has them: that is for the comparison to find. */
async function markInvoiced(
  sql: Sql,
  organizationId: string,
  invoiceId: string,
  { lines }: MirroredInvoice,
): Promise<void> {
  const charges = lines.flatMap(({ chargeId }) => (chargeId !== null && isUuid(chargeId) ? [chargeId] : []));
  if (charges.length === 0) return;
  const values = [organizationId, invoiceId, `{${charges.join(",")}}`];
  await sql(
    `update usage_charges set state = 'INVOICED', invoice_id = $2
     where organization_id = $1 and id = any($3::uuid[]) and state = 'PENDING'`,
    values,
  );
  await sql(
    "update manual_charges set invoice_id = $2 where organization_id = $1 and id = any($3::uuid[]) and invoice_id is null",
    values,
  );
}
