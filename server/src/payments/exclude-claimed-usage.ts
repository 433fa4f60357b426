import type { Sql } from "../platform/database/sql.ts";

/** Usage from before a money-back claim is not billed any more: its charges are excluded, with the reason. */
export async function excludeClaimedUsage(sql: Sql, organizationId: string): Promise<void> {
  await sql(
    `update usage_charges c set state = 'EXCLUDED', excluded_reason = 'Money-back guarantee' from money_back_claims m
     where c.organization_id = $1 and m.organization_id = $1 and c.state = 'PENDING' and c.invoice_id is null and c.period_start < m.claimed_at`,
    [organizationId],
  );
}
