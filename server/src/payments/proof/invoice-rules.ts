import type { LedgerRule } from "./proof.ts";
import { ruleOf } from "./sql-rule.ts";

/** The lines of an invoice add up to its subtotal, and with tax to its total. */
const linesAddUp: LedgerRule = ruleOf("invoice-lines", {
  count: "select count(*)::int as count from invoices where organization_id = any($1::uuid[])",
  select: `
    select i.organization_id, i.stripe_id as object, f.field, f.ours::text as ours, f.stripes::text as stripes
    from invoices i
    left join lateral (select coalesce(sum(amount_minor), 0) as amount from invoice_lines l
      where l.organization_id = i.organization_id and l.invoice_id = i.id) l on true
    cross join lateral (values ('subtotal', i.subtotal_minor, l.amount), ('total', i.total_minor, i.subtotal_minor + i.tax_minor)) f (field, ours, stripes)
    where i.organization_id = any($1::uuid[]) and f.ours <> f.stripes`,
});

/** What an invoice says was paid is what its payments say; what remains is what is due less that. */
const paidIsPayments: LedgerRule = ruleOf("payments", {
  count: "select count(*)::int as count from invoice_payments where organization_id = any($1::uuid[])",
  select: `
    select i.organization_id, i.stripe_id as object, f.field, f.ours::text as ours, f.stripes::text as stripes
    from invoices i
    left join lateral (select coalesce(sum(amount_minor) filter (where status = 'paid'), 0) as paid from invoice_payments p
      where p.organization_id = i.organization_id and p.invoice_id = i.id) p on true
    cross join lateral (values ('amountPaid', i.amount_paid_minor, p.paid),
      ('amountRemaining', i.amount_remaining_minor, case when i.status = 'VOID' then i.amount_remaining_minor else i.amount_due_minor - i.amount_paid_minor end)) f (field, ours, stripes)
    where i.organization_id = any($1::uuid[]) and f.ours <> f.stripes`,
});

/** What an invoice says was credited and refunded is what its credit notes and refunds say. */
const creditsAreNotes: LedgerRule = ruleOf("credit-notes", {
  count: "select count(*)::int as count from credit_notes where organization_id = any($1::uuid[])",
  select: `
    select i.organization_id, i.stripe_id as object, f.field, f.ours::text as ours, f.stripes::text as stripes
    from invoices i
    left join lateral (select coalesce(sum(amount_minor), 0) as amount, coalesce(sum(refund_minor), 0) as refunded,
        coalesce(min(amount_minor - refund_minor - balance_minor - out_of_band_minor), 0) as unpaid_part
      from credit_notes c where c.organization_id = i.organization_id and c.invoice_id = i.id and c.status = 'issued') c on true
    left join lateral (select coalesce(sum(amount_minor) filter (where status in ('succeeded', 'pending', 'requires_action')), 0) as standing,
        coalesce(sum(amount_minor), 0) as tried
      from refunds r where r.organization_id = i.organization_id and r.invoice_id = i.id) r on true
    cross join lateral (values ('credited', i.credited_minor, c.amount), ('refunded', i.refunded_minor, r.standing),
      ('refundsOfCreditNotes', least(c.refunded, r.tried), c.refunded), ('creditNoteParts', least(c.unpaid_part, 0), 0)) f (field, ours, stripes)
    where i.organization_id = any($1::uuid[]) and f.ours <> f.stripes`,
});

export const invoiceRules: readonly LedgerRule[] = [linesAddUp, paidIsPayments, creditsAreNotes];
