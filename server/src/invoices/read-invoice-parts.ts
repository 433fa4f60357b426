import { NANOS_PER_MINOR } from "../kernel/money.ts";
import { arrayOf, instant, instantOrNull, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { InvoiceLineKind } from "./invoice.entity.ts";
import type { StoredCreditNote, StoredInvoice, StoredLine, StoredPayment, StoredRefund } from "./stored-invoice.ts";

/** The invoices whose parts are read. */
type Owner = Pick<StoredInvoice, "organizationId" | "id">;

type Row = Record<string, unknown> & { id: string; invoice_id: string; currency: string };

/** Rows of the invoices' own table `from`, called `t`, with the currency of each. */
function rowsOf<R extends Row>(
  sql: Sql,
  invoices: readonly Owner[],
  columns: string,
  from: string,
  order: string,
): Promise<R[]> {
  return sql<R>(
    `select t.id, t.invoice_id, i.currency, ${columns}
     from unnest($1::uuid[], $2::uuid[]) as w (organization_id, id)
     join invoices i on i.organization_id = w.organization_id and i.id = w.id
     join ${from} order by ${order}`,
    [arrayOf(invoices.map(({ organizationId }) => organizationId)), arrayOf(invoices.map(({ id }) => id))],
  );
}

const OF_INVOICE = "t.organization_id = i.organization_id and t.invoice_id = i.id";

/** Lines with the charges behind them, in Stripe's order. */
export async function linesOf(sql: Sql, invoices: readonly Owner[]): Promise<StoredLine[]> {
  const rows = await rowsOf<LineRow>(
    sql,
    invoices,
    `t.organization_id, t.kind, case when c.route = 'stripe_meter' then c.description else t.description end as description, t.amount_minor, coalesce(c.quantity, m.quantity, t.quantity)::text as quantity,
     coalesce(c.exact_nanos, t.amount_minor * ${NANOS_PER_MINOR}::numeric)::text as exact_nanos, coalesce(c.rounding_nanos, 0)::text as rounding_nanos,
     coalesce(c.period_start, t.period_start) as period_start, coalesce(c.period_end, t.period_end) as period_end, c.billing_period_id, c.meter`,
    `invoice_lines t on ${OF_INVOICE}
     left join usage_charges c on c.organization_id = t.organization_id and c.id = t.charge_id
     left join manual_charges m on m.organization_id = t.organization_id and m.id = t.charge_id`,
    "t.position",
  );
  return rows.map(storedLine);
}

type LineRow = Row & {
  organization_id: string;
  kind: InvoiceLineKind;
  description: string;
  quantity: string;
  exact_nanos: string;
  rounding_nanos: string;
  billing_period_id: string | null;
  meter: MeterCode | null;
};

function storedLine(row: LineRow): StoredLine {
  const [start, end] = [instant(row["period_start"]), instant(row["period_end"])];
  const { organization_id: organizationId, billing_period_id: id, meter } = row;
  return {
    organizationId,
    id: row.id,
    invoiceId: row.invoice_id,
    currency: row.currency,
    kind: row.kind,
    description: row.description,
    amountMinor: whole(row["amount_minor"]),
    quantity: row.quantity,
    exactNanos: row.exact_nanos,
    roundingNanos: row.rounding_nanos,
    periodStart: start,
    periodEnd: end,
    usage: id === null || meter === null ? null : { meter, period: { organizationId, id, start, end } },
  };
}

/** What was paid or tried, oldest first. */
export async function paymentsOf(sql: Sql, invoices: readonly Owner[]): Promise<StoredPayment[]> {
  const rows = await rowsOf<Row & { status: string }>(
    sql,
    invoices,
    "t.amount_minor, t.status, t.created_at, t.paid_at",
    `invoice_payments t on ${OF_INVOICE}`,
    "t.created_at, t.id",
  );
  return rows.map((row) => ({
    id: row.id,
    invoiceId: row.invoice_id,
    currency: row.currency,
    amountMinor: whole(row["amount_minor"]),
    status: row.status,
    createdAt: instant(row["created_at"]),
    paidAt: instantOrNull(row["paid_at"]),
  }));
}

/** Money taken off, oldest first. */
export async function creditNotesOf(sql: Sql, invoices: readonly Owner[]): Promise<StoredCreditNote[]> {
  const rows = await rowsOf<
    Row & { number: string; status: "issued" | "void"; reason: string | null; memo: string | null }
  >(
    sql,
    invoices,
    "t.number, t.status, t.amount_minor, t.refund_minor, t.balance_minor, t.out_of_band_minor, t.reason, t.memo, t.created_at",
    `credit_notes t on ${OF_INVOICE}`,
    "t.created_at, t.id",
  );
  return rows.map((row) => ({
    id: row.id,
    invoiceId: row.invoice_id,
    currency: row.currency,
    number: row.number,
    status: row.status,
    amountMinor: whole(row["amount_minor"]),
    refundMinor: whole(row["refund_minor"]),
    balanceMinor: whole(row["balance_minor"]),
    outOfBandMinor: whole(row["out_of_band_minor"]),
    reason: row.reason,
    memo: row.memo,
    createdAt: instant(row["created_at"]),
  }));
}

/** Money on its way back, oldest first. */
export async function refundsOf(sql: Sql, invoices: readonly Owner[]): Promise<StoredRefund[]> {
  const rows = await rowsOf<Row & { status: string; failure_reason: string | null }>(
    sql,
    invoices,
    "t.amount_minor, t.status, t.failure_reason, t.created_at",
    `refunds t on ${OF_INVOICE}`,
    "t.created_at, t.id",
  );
  return rows.map((row) => ({
    id: row.id,
    invoiceId: row.invoice_id,
    currency: row.currency,
    amountMinor: whole(row["amount_minor"]),
    status: row.status,
    failureReason: row.failure_reason,
    createdAt: instant(row["created_at"]),
  }));
}
