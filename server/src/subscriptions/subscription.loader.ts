import DataLoader from "dataloader";
import { type Sql, sqlIn } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { perRequest } from "../platform/graphql/context.ts";
import { notFound } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import { type CurrentSubscription, subscriptionsOf, type SubscriptionRow } from "./current-subscription.ts";
import { lockSubscription } from "./lock-subscription.ts";
import { isBehind, readSubscriptionRows } from "./read-subscriptions.ts";

/**
 * Subscriptions by organization, in one query. Periods that are over are rolled over first, so that
 * what is read is right also when no job ran for a month.
 */
export const subscriptionLoader = perRequest(
  (scope: Scope) =>
    new DataLoader<string, CurrentSubscription>(async (organizationIds) => {
      const sql = sqlIn(scope.em);
      const now = scope.clock();
      let rows = await readSubscriptions(sql, organizationIds);
      const overdue = [...rows.values()].filter((row) => isBehind(row, now));
      if (overdue.length > 0) {
        for (const { organization_id } of overdue) await rollOverNow(scope, organization_id, now);
        rows = await readSubscriptions(sql, organizationIds);
      }
      const known = organizationIds.flatMap((id) => rows.get(id) ?? []);
      const byId = new Map((await subscriptionsOf(sql, known)).map((each) => [each.organizationId, each]));
      return organizationIds.map((id) => byId.get(id) ?? notFound("The organization"));
    }),
);

/** Brings one organization's periods up to `now`, in a transaction of its own. */
async function rollOverNow(scope: Pick<Scope, "platform">, organizationId: string, now: Date): Promise<void> {
  await inTenantTransaction(scope.platform.pool, organizationId, (sql) => lockSubscription(sql, organizationId, now));
}

async function readSubscriptions(sql: Sql, organizationIds: readonly string[]): Promise<Map<string, SubscriptionRow>> {
  const rows = await readSubscriptionRows(sql, organizationIds);
  return new Map(rows.map((row) => [row.organization_id, row]));
}
