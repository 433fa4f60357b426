import type { Sql } from "../platform/database/sql.ts";

/** What staff must look at. */
export type Alarm = {
  /** The same matter has the same key: it is raised once until it is cleared. */
  readonly key: string;
  readonly kind:
    | "invoice-held"
    | "drift"
    | "webhook-failed"
    | "call-refused"
    | "proof"
    | "quarantine"
    | "dispute"
    | "quote"
    | "money-back";
  readonly organizationId: string | null;
  readonly message: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

export async function raiseAlarm(sql: Sql, now: Date, alarm: Alarm): Promise<void> {
  await sql(
    `insert into alarms as a (key, kind, organization_id, message, detail, raised_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (key) do update set message = excluded.message, detail = excluded.detail,
       raised_at = case when a.cleared_at is null then a.raised_at else excluded.raised_at end, cleared_at = null`,
    [alarm.key, alarm.kind, alarm.organizationId, alarm.message, JSON.stringify(alarm.detail), now],
  );
}

export async function clearAlarm(sql: Sql, now: Date, key: string): Promise<void> {
  await sql("update alarms set cleared_at = $2 where key = $1 and cleared_at is null", [key, now]);
}
