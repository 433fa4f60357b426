import { arrayOf, instant, instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { SELECT_SUBSCRIPTIONS, type SubscriptionRow } from "./current-subscription.ts";
import { accessUntil } from "./subscription.ts";

/** Rows of subscriptions as they were last written, without a lock. */
export const readSubscriptionRows = (sql: Sql, organizationIds: readonly string[]): Promise<SubscriptionRow[]> =>
  sql<SubscriptionRow>(`${SELECT_SUBSCRIPTIONS} where s.organization_id = any($1::uuid[])`, [arrayOf(organizationIds)]);

/** True when time changed something about it that no transaction has written yet. */
export function isBehind(row: SubscriptionRow, now: Date): boolean {
  const until = row["restricted_at"] === null ? accessUntil(instantOrNull(row["past_due_since"])) : null;
  return (
    instant(row["current_period_end"]).getTime() <= now.getTime() ||
    (until !== null && until.getTime() <= now.getTime())
  );
}
