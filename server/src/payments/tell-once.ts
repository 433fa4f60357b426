import { type AuditScope, recordAudit } from "../audit/record-audit.ts";
import type { Sql } from "../platform/database/sql.ts";
import { type Platform, platformScope } from "../platform/scope.ts";
import { type BillingNews, postBillingMail } from "./billing-mails.ts";

/**
 * Posts a letter once for each action and target, however often the event that causes it comes: the
 * audit entry, written with it, is what remembers. The caller holds the subscription's lock.
 */
export async function tellOnce(
  sql: Sql,
  platform: Platform,
  organizationId: string,
  action: string,
  target: string,
  news: BillingNews,
): Promise<void> {
  const [told] = await sql(
    "select id from audit_entries where organization_id = $1 and action = $2 and target = $3 limit 1",
    [organizationId, action, target],
  );
  if (told) return;
  await postBillingMail(sql, organizationId, news, platform.config.publicUrl, platform.clock());
  const scope: AuditScope = { ...platformScope(platform, action), organizationId };
  await recordAudit(sql, scope, { action, target });
}
