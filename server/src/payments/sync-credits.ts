import type Stripe from "stripe";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { newId } from "../platform/id.ts";
import type { Platform } from "../platform/scope.ts";
import { reviewClaim } from "./review-claim.ts";
import { idOf, instantOf, stripeOf } from "./stripe-client.ts";

/**
 * Mirrors what was given back on an invoice: its credit notes, and the refunds of its payments. Only
 * finalized invoices can have any.
 */
export async function syncCredits(
  platform: Platform,
  organizationId: string,
  invoiceId: string,
  invoice: Stripe.Invoice,
): Promise<void> {
  if (invoice.status === "draft") return;
  const stripe = stripeOf(platform);
  const intents = (invoice.payments?.data ?? []).flatMap(({ payment }) => idOf(payment.payment_intent) ?? []);
  const [notes, ...refunds] = await Promise.all([
    stripe.creditNotes.list({ invoice: invoice.id, limit: 100 }).autoPagingToArray({ limit: 1_000 }),
    ...intents.map((payment_intent) =>
      stripe.refunds.list({ payment_intent, limit: 100 }).autoPagingToArray({ limit: 1_000 }),
    ),
  ]);
  if (notes.length === 0 && refunds.every(({ length }) => length === 0)) return;
  await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    for (const note of notes) await saveCreditNote(sql, organizationId, invoiceId, note);
    for (const refund of refunds.flat()) await saveRefund(sql, organizationId, invoiceId, refund);
    await sql(
      `update invoices set refunded_minor = (select coalesce(sum(amount_minor), 0) from refunds r
         where r.organization_id = $1 and r.invoice_id = $2 and r.status in ('succeeded', 'pending', 'requires_action'))
       where organization_id = $1 and id = $2`,
      [organizationId, invoiceId],
    );
  });
  await reviewClaim(platform, organizationId);
}

/** Where the money of a credit note goes, in minor units; the rest of it is owed less. */
export function creditNoteParts(note: Stripe.CreditNote): { refund: number; balance: number; outOfBand: number } {
  const refund = note.refunds.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0);
  const outOfBand = note.out_of_band_amount ?? 0;
  return { refund, outOfBand, balance: note.amount - refund - outOfBand - note.pre_payment_amount };
}

async function saveCreditNote(
  sql: Sql,
  organizationId: string,
  invoiceId: string,
  note: Stripe.CreditNote,
): Promise<void> {
  const { refund, balance, outOfBand } = creditNoteParts(note);
  await sql(
    `insert into credit_notes (organization_id, id, stripe_id, invoice_id, number, status, amount_minor, refund_minor, balance_minor,
       out_of_band_minor, reason, memo, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (organization_id, stripe_id) do update set status = excluded.status, refund_minor = excluded.refund_minor,
       balance_minor = excluded.balance_minor, out_of_band_minor = excluded.out_of_band_minor, memo = excluded.memo`,
    [
      organizationId,
      newId(),
      note.id,
      invoiceId,
      note.number,
      note.status,
      note.amount,
      refund,
      balance,
      outOfBand,
      note.reason,
      note.memo,
      instantOf(note.created),
    ],
  );
}

async function saveRefund(sql: Sql, organizationId: string, invoiceId: string, refund: Stripe.Refund): Promise<void> {
  await sql(
    `insert into refunds (organization_id, id, stripe_id, invoice_id, amount_minor, status, failure_reason, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organization_id, stripe_id) do update set status = excluded.status, failure_reason = excluded.failure_reason`,
    [
      organizationId,
      newId(),
      refund.id,
      invoiceId,
      refund.amount,
      refund.status ?? "pending",
      refund.failure_reason ?? null,
      instantOf(refund.created),
    ],
  );
}
