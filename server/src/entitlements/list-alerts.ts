import { instant } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Scope } from "../platform/scope.ts";
import type { UsageAlertType } from "./entitlements.type.ts";

type Row = { readonly [Name in keyof Omit<UsageAlertType, "at">]: UsageAlertType[Name] } & { readonly at: unknown };

const MOST = 100;

/** An organization's alerts, newest first. @param withMoney those of the spending cap too */
export async function listAlerts(scope: Scope, organizationId: string, withMoney: boolean): Promise<UsageAlertType[]> {
  const rows = await sqlIn(scope.em)<Row>(
    `select a.period_id || ':' || a.subject || ':' || a.percent as id, a.subject, a.percent, a.at, a.used, a.out_of as "limit",
       a.period_id = s.current_period_id as current
     from usage_alerts a join subscriptions s on s.organization_id = a.organization_id
     where a.organization_id = $1 and ($2 or a.subject <> 'spending_cap') order by a.at desc, a.percent desc, a.subject limit ${MOST}`,
    [organizationId, withMoney],
  );
  return rows.map((row) => ({ ...row, at: instant(row.at) }));
}
