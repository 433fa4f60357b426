import { arrayOf, instant, instantOrNull, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { InvoiceDifference, InvoiceStatus } from "./invoice.entity.ts";
import type { StoredInvoice } from "./stored-invoice.ts";

/** Which invoices; conditions are joined by and. */
export type InvoiceFilter = {
  readonly organizationId?: string | null;
  readonly status?: InvoiceStatus | null;
  /** Only those that wait because the ledger and Stripe do not agree, or only the others. */
  readonly held?: boolean | null;
  /** A part of the number or of the organization's name, or an id, ours or Stripe's. */
  readonly search?: string | null;
};

/** Where a page goes on: after this invoice. */
export type InvoicePosition = { readonly createdAt: Date; readonly id: string };

/** Invoices, newest first. */
export async function readInvoices(
  sql: Sql,
  filter: InvoiceFilter,
  limit: number,
  after: InvoicePosition | null,
): Promise<StoredInvoice[]> {
  const values: unknown[] = [];
  const conditions = ["true"];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === null || value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `i.organization_id = ${p}::uuid`, filter.organizationId);
  where((p) => `i.status = ${p}`, filter.status);
  where((p) => `(i.held_at is not null) = ${p}::boolean`, filter.held);
  if (filter.search) {
    values.push(filter.search, `%${filter.search.replace(/[\\%_]/g, "\\$&")}%`);
    const [exactly, like] = [`$${values.length - 1}`, `$${values.length}`];
    conditions.push(
      `(i.number ilike ${like} or i.id::text = lower(${exactly}) or i.stripe_id = ${exactly}
        or exists (select from organizations o where o.id = i.organization_id and o.name ilike ${like}))`,
    );
  }
  if (after) {
    values.push(after.createdAt, after.id);
    conditions.push(`(i.created_at, i.id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  values.push(limit);
  const rows = await sql<Row>(
    `select ${COLUMNS} from invoices i where ${conditions.join(" and ")} order by i.created_at desc, i.id desc limit $${values.length}`,
    values,
  );
  return rows.map(storedInvoice);
}

/** Invoices by id. */
export async function invoicesById(sql: Sql, ids: readonly string[]): Promise<Map<string, StoredInvoice>> {
  const rows = await sql<Row>(`select ${COLUMNS} from invoices i where i.id = any($1::uuid[])`, [arrayOf(ids)]);
  return new Map(rows.map((row) => [row.id, storedInvoice(row)]));
}

const COLUMNS = `i.organization_id, i.id, i.stripe_id, i.number, i.status, i.reason, i.collection, i.currency, i.period_start, i.period_end,
  i.subtotal_minor, i.tax_minor, i.total_minor, i.amount_due_minor, i.amount_paid_minor, i.amount_remaining_minor, i.credited_minor,
  i.refunded_minor, i.hosted_url, i.attempt_count, i.next_attempt_at, i.created_at, i.issued_at, i.due_at, i.paid_at, i.closed_at,
  i.agreed_at, i.held_at, i.differences, i.disputed`;

type Row = Record<string, unknown> & {
  organization_id: string;
  id: string;
  stripe_id: string;
  number: string | null;
  status: InvoiceStatus;
  reason: string;
  collection: "CARD" | "INVOICE";
  currency: string;
  hosted_url: string | null;
  attempt_count: number;
  differences: InvoiceDifference[] | null;
  disputed: boolean;
};

const storedInvoice = (row: Row): StoredInvoice => ({
  organizationId: row.organization_id,
  id: row.id,
  stripeId: row.stripe_id,
  number: row.number,
  status: row.status,
  reason: row.reason,
  collection: row.collection,
  currency: row.currency,
  periodStart: instant(row["period_start"]),
  periodEnd: instant(row["period_end"]),
  subtotalMinor: whole(row["subtotal_minor"]),
  taxMinor: whole(row["tax_minor"]),
  totalMinor: whole(row["total_minor"]),
  amountDueMinor: whole(row["amount_due_minor"]),
  amountPaidMinor: whole(row["amount_paid_minor"]),
  amountRemainingMinor: whole(row["amount_remaining_minor"]),
  creditedMinor: whole(row["credited_minor"]),
  refundedMinor: whole(row["refunded_minor"]),
  hostedUrl: row.hosted_url,
  attemptCount: row.attempt_count,
  nextAttemptAt: instantOrNull(row["next_attempt_at"]),
  createdAt: instant(row["created_at"]),
  issuedAt: instantOrNull(row["issued_at"]),
  dueAt: instantOrNull(row["due_at"]),
  paidAt: instantOrNull(row["paid_at"]),
  closedAt: instantOrNull(row["closed_at"]),
  agreedAt: instantOrNull(row["agreed_at"]),
  heldAt: instantOrNull(row["held_at"]),
  differences: row.differences ?? [],
  disputed: row.disputed,
});
