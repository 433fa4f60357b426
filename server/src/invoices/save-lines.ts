import type { Sql } from "../platform/database/sql.ts";
import { isUuid, newId } from "../platform/id.ts";
import type { MirroredLine } from "./mirrored-invoice.ts";

/**
 * Puts the lines of an invoice in place of those that it had. A line that stays keeps its id, since
 * tickets and addresses point at it.
 */
export async function saveLines(
  sql: Sql,
  organizationId: string,
  invoiceId: string,
  lines: readonly MirroredLine[],
): Promise<void> {
  const old = await sql<{ id: string; stripe_line_id: string }>(
    "delete from invoice_lines where organization_id = $1 and invoice_id = $2 returning id, stripe_line_id",
    [organizationId, invoiceId],
  );
  const known = new Map(old.map((row) => [row.stripe_line_id, row.id]));
  if (lines.length === 0) return;
  const rows = lines.map((line, position) => ({
    id: known.get(line.stripeLineId) ?? newId(),
    stripe_line_id: line.stripeLineId,
    position,
    source: line.source,
    description: line.description,
    quantity: line.quantity,
    amount_minor: line.amountMinor.toString(),
    tax_minor: line.taxMinor.toString(),
    period_start: line.periodStart.toISOString(),
    period_end: line.periodEnd.toISOString(),
    charge_id: line.chargeId !== null && isUuid(line.chargeId) ? line.chargeId : null,
  }));
  await sql(INSERT, [organizationId, invoiceId, JSON.stringify(rows)]);
}

/** A line is of the kind of the charge that it names, if that is one of ours. */
const INSERT = `
  insert into invoice_lines (organization_id, id, invoice_id, stripe_line_id, position, kind, description, quantity, amount_minor, tax_minor,
    period_start, period_end, charge_id)
  select $1::uuid, r.id, $2::uuid, r.stripe_line_id, r.position,
    coalesce(u.kind, case when m.id is not null then 'MANUAL' when r.source in ('ITEM', 'METERED') then 'OTHER' else r.source end),
    r.description, r.quantity, r.amount_minor, r.tax_minor, r.period_start, r.period_end, coalesce(u.id, m.id)
  from json_to_recordset($3::json) as r (id uuid, stripe_line_id text, position int4, source text, description text, quantity numeric,
    amount_minor int8, tax_minor int8, period_start timestamptz, period_end timestamptz, charge_id uuid)
  left join usage_charges u on u.organization_id = $1 and u.id = r.charge_id
  left join manual_charges m on m.organization_id = $1 and m.id = r.charge_id`;
