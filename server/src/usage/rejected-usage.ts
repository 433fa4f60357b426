import { newId } from "../platform/id.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { UsageAction } from "./usage-event.ts";

export type Refused = {
  readonly idempotencyKey: string;
  readonly status: "CONFLICT" | "REJECTED";
  readonly reason: string;
  readonly action: UsageAction;
};

/** Keeps refused attempts for their sender to see. Keys that are too long are cut, and a character that the cut halves is replaced. */
export async function saveRejected(
  sql: Sql,
  organizationId: string,
  refused: readonly Refused[],
  now: Date,
  keyPrefix: string | null,
): Promise<void> {
  if (refused.length === 0) return;
  const rows = refused.map((attempt) => ({
    id: newId(),
    key: attempt.idempotencyKey.slice(0, 255).toWellFormed(),
    status: attempt.status,
    reason: attempt.reason,
    action: attempt.action,
  }));
  await sql(
    `insert into rejected_usage (organization_id, id, at, idempotency_key, status, reason, action, key_prefix)
     select $1::uuid, id, $3::timestamptz, key, status, reason, action, $4::text
     from json_to_recordset($2::json) as r (id uuid, key text, status text, reason text, action text)`,
    [organizationId, JSON.stringify(rows), now, keyPrefix],
  );
}
