import { newId } from "../platform/id.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { UsageAction } from "./usage-event.ts";

export type Refused = {
  readonly organizationId: string;
  readonly idempotencyKey: string;
  readonly status: "CONFLICT" | "REJECTED";
  readonly reason: string;
  readonly action: UsageAction;
  /** The visible start of the key that reported it. */
  readonly keyPrefix: string | null;
};

/** Keeps refused attempts for their sender to see. Keys that are too long are cut, and a character that the cut halves is replaced. */
export async function saveRejected(sql: Sql, refused: readonly Refused[], now: Date): Promise<void> {
  if (refused.length === 0) return;
  const rows = refused.map((attempt) => ({
    organization_id: attempt.organizationId,
    id: newId(),
    key: attempt.idempotencyKey.slice(0, 255).toWellFormed(),
    status: attempt.status,
    reason: attempt.reason,
    action: attempt.action,
    key_prefix: attempt.keyPrefix,
  }));
  await sql(
    `insert into rejected_usage (organization_id, id, at, idempotency_key, status, reason, action, key_prefix)
     select organization_id, id, $2::timestamptz, key, status, reason, action, key_prefix
     from json_to_recordset($1::json) as r (organization_id uuid, id uuid, key text, status text, reason text, action text, key_prefix text)`,
    [JSON.stringify(rows), now],
  );
}
