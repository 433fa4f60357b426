import { recordAudit } from "../../audit/record-audit.ts";
import { instant, instantOrNull } from "../../platform/database/row.ts";
import { type Sql, sqlIn } from "../../platform/database/sql.ts";
import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Connection } from "../../platform/graphql/connection.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { readLine } from "../../platform/graphql/text.ts";
import type { Scope } from "../../platform/scope.ts";
import { clearAlarm } from "../alarms.ts";
import type { AlarmType } from "./alarm.type.ts";
import { mapPage, newestFirst, type Page } from "./newest-first.ts";

/** An alarm as it is kept. */
export type StoredAlarm = AlarmType & { readonly organizationId: string | null };

const SELECT = "select a.key, a.kind, a.organization_id, a.message, a.detail, a.raised_at, a.cleared_at from alarms a";

/** Alarms, newest first. @param open only those that are open, or only those that are cleared */
export async function listAlarms(
  { em }: Scope,
  page: Page & { readonly open?: boolean | null },
): Promise<Connection<StoredAlarm>> {
  const rows = await newestFirst<Row>(sqlIn(em), page, {
    select: SELECT,
    at: "a.raised_at",
    id: "a.key",
    filters: [[(p) => `(a.cleared_at is null) = ${p}::boolean`, page.open]],
  });
  return mapPage(rows, alarmOf);
}

/** Clears an alarm that somebody has seen to. @throws EdgeFault NOT_FOUND, BAD_USER_INPUT */
export async function clearSeenAlarm(scope: Scope, key: string, note: string): Promise<StoredAlarm> {
  const words = readLine(note, "note", 500);
  return inPlatformTransaction(scope.platform.pool, async (sql) => {
    const alarm = await alarmByKey(sql, key);
    if (!alarm) throw notFound("The alarm");
    if (alarm.clearedAt !== null) return alarm;
    await clearAlarm(sql, scope.clock(), key);
    await recordAudit(sql, scope, {
      organizationId: alarm.organizationId,
      action: "alarm.cleared",
      target: alarm.kind,
      detail: { key, note: words },
    });
    return (await alarmByKey(sql, key)) ?? alarm;
  });
}

async function alarmByKey(sql: Sql, key: string): Promise<StoredAlarm | null> {
  const [row] = await sql<Row>(`${SELECT} where a.key = $1 for update`, [key]);
  return row ? alarmOf(row) : null;
}

type Row = Record<string, unknown> & { key: string; kind: string; organization_id: string | null; message: string };

const alarmOf = (row: Row): StoredAlarm => ({
  key: row.key,
  kind: row.kind,
  organizationId: row.organization_id,
  message: row.message,
  detail: row["detail"],
  raisedAt: instant(row["raised_at"]),
  clearedAt: instantOrNull(row["cleared_at"]),
});
