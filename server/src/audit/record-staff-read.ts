import { MINUTE_MS } from "../kernel/clock.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Scope } from "../platform/scope.ts";
import { recordAudit } from "./record-audit.ts";

/** One visit is one entry, however many pages it opens. */
const VISIT_MS = 10 * MINUTE_MS;

/**
 * Writes down that staff looked into a customer's data. The same look by the same person within ten
 * minutes is the same visit; other viewers are not staff and leave nothing.
 *
 * In a transaction of its own, because the look itself only reads, and its transaction is rolled back.
 *
 * @param what they looked at, such as "organization" or "invoice INV-2026-0042"
 */
export async function recordStaffRead(scope: Scope, organizationId: string, what: string): Promise<void> {
  const { viewer, clock, platform } = scope;
  if (!viewer?.staff) return;
  await inPlatformTransaction(platform.pool, async (sql) => {
    // Pages ask several things at once: the first takes the lock, the others then find its entry.
    await sql("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`staff read ${viewer.id} ${organizationId}`]);
    const since = new Date(clock().getTime() - VISIT_MS);
    const visits = await sql(
      `select from audit_entries
       where organization_id = $1 and at > $2 and action = 'organization.read' and actor_id = $3 and target = $4 limit 1`,
      [organizationId, since, viewer.id, what],
    );
    if (visits.length === 0)
      await recordAudit(sql, scope, { action: "organization.read", target: what, organizationId });
  });
}
