import { instantOrNull, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { PaidInvoice } from "./money-back.ts";

/** When the first invoice of a paid plan was paid; null while none was. */
export async function firstPaidAt(sql: Sql, organizationId: string): Promise<Date | null> {
  const [row] = await sql<{ paid_at: unknown }>(
    `select min(paid_at) as paid_at from invoices
     where organization_id = $1 and status = 'PAID' and stripe_subscription_id is not null and total_minor > 0`,
    [organizationId],
  );
  return instantOrNull(row?.paid_at);
}

/** The organization's paid invoices with what was paid and given back on each, oldest first. */
export async function paidInvoices(
  sql: Sql,
  organizationId: string,
): Promise<(PaidInvoice & { readonly stripeId: string; readonly disputed: boolean })[]> {
  const rows = await sql<Record<string, unknown> & { stripe_id: string; disputed: boolean }>(
    `select i.stripe_id, i.disputed, i.total_minor, i.credited_minor, i.refunded_minor,
       (select coalesce(sum(refund_minor), 0) from credit_notes c
          where c.organization_id = i.organization_id and c.invoice_id = i.id and c.status = 'issued') as credited_to_card,
       (select coalesce(sum(amount_minor) filter (where payment_intent_id is not null), 0) from invoice_payments p
          where p.organization_id = i.organization_id and p.invoice_id = i.id and p.status = 'paid') as by_card,
       (select coalesce(sum(amount_minor) filter (where payment_intent_id is null), 0) from invoice_payments p
          where p.organization_id = i.organization_id and p.invoice_id = i.id and p.status = 'paid') as elsewhere
     from invoices i where i.organization_id = $1 and i.status = 'PAID' order by i.created_at, i.stripe_id`,
    [organizationId],
  );
  return rows.map((row) => ({
    stripeId: row.stripe_id,
    disputed: row.disputed,
    totalMinor: whole(row["total_minor"]),
    creditedMinor: whole(row["credited_minor"]),
    creditedToCardMinor: whole(row["credited_to_card"]),
    paidByCardMinor: whole(row["by_card"]),
    paidElsewhereMinor: whole(row["elsewhere"]),
    refundedMinor: whole(row["refunded_minor"]),
  }));
}

/** Stripe's ids of invoices that may still be paid, with what they are. */
export async function unpaidInvoices(
  sql: Sql,
  organizationId: string,
): Promise<{ readonly stripeId: string; readonly draft: boolean }[]> {
  const rows = await sql<{ stripe_id: string; draft: boolean }>(
    `select stripe_id, status = 'DRAFT' as draft from invoices
     where organization_id = $1 and status in ('DRAFT', 'OPEN') order by created_at, stripe_id`,
    [organizationId],
  );
  return rows.map(({ stripe_id, draft }) => ({ stripeId: stripe_id, draft }));
}
