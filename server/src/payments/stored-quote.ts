import { DAY_MS } from "../kernel/clock.ts";
import { instant, instantOrNull, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { PlanChangeKind, QuoteLine } from "./plan-change.entity.ts";
import type { PlanQuote } from "./plan-quote.ts";

/** How long a quote that nobody accepted is kept. */
const KEPT_MS = DAY_MS;

/** Keeps a quote; those that were never accepted and expired long ago go. */
export async function saveQuote(sql: Sql, organizationId: string, quote: PlanQuote, now: Date): Promise<void> {
  await sql("delete from plan_quotes where organization_id = $1 and used_at is null and expires_at < $2", [
    organizationId,
    new Date(now.getTime() - KEPT_MS),
  ]);
  await sql(
    `insert into plan_quotes (organization_id, id, plan_version_id, from_plan_version_id, kind, proration_at, effective_at, due_now_minor,
       next_invoice_minor, lines, losses, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      organizationId,
      quote.id,
      quote.planVersionId,
      quote.fromPlanVersionId,
      quote.kind,
      quote.prorationAt,
      quote.effectiveAt,
      quote.dueNowMinor.toString(),
      quote.nextInvoiceMinor.toString(),
      JSON.stringify(quote.lines),
      JSON.stringify(quote.losses),
      now,
      quote.expiresAt,
    ],
  );
}

/** The quote with this id, locked; null when the organization has none such. */
export async function quoteOf(sql: Sql, organizationId: string, id: string): Promise<PlanQuote | null> {
  const [row] = await sql<
    Record<string, unknown> & {
      id: string;
      plan_version_id: string;
      from_plan_version_id: string;
      kind: PlanChangeKind;
      lines: QuoteLine[];
      losses: string[];
    }
  >(
    `select id, kind, plan_version_id, from_plan_version_id, proration_at, effective_at, due_now_minor, next_invoice_minor, lines, losses,
       expires_at, used_at from plan_quotes where organization_id = $1 and id = $2 for update`,
    [organizationId, id],
  );
  if (!row) return null;
  return {
    id: row.id,
    kind: row.kind,
    planVersionId: row.plan_version_id,
    fromPlanVersionId: row.from_plan_version_id,
    prorationAt: instant(row["proration_at"]),
    effectiveAt: instant(row["effective_at"]),
    dueNowMinor: whole(row["due_now_minor"]),
    nextInvoiceMinor: whole(row["next_invoice_minor"]),
    lines: row.lines,
    losses: row.losses,
    expiresAt: instant(row["expires_at"]),
    usedAt: instantOrNull(row["used_at"]),
  };
}

/** A quote is accepted once. */
export async function useQuote(sql: Sql, organizationId: string, id: string, now: Date): Promise<void> {
  await sql("update plan_quotes set used_at = $3 where organization_id = $1 and id = $2", [organizationId, id, now]);
}
