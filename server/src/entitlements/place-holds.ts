import type { Sql } from "../platform/database/sql.ts";
import type { Work } from "./decide-usage.ts";
import type { Held } from "./held-usage.ts";

/** A hold that was granted and is to be written. */
export type NewHold = {
  readonly organizationId: string;
  readonly id: string;
  readonly work: Work;
  readonly held: Held;
  readonly placedAt: Date;
  readonly expiresAt: Date;
  readonly keyPrefix: string | null;
};

const recordOf = ({ organizationId, id, work, held, placedAt, expiresAt, keyPrefix }: NewHold) => ({
  organization_id: organizationId,
  id,
  action: work.action,
  complexity: work.complexity,
  model: work.model,
  ...heldRecord(held),
  placed_at: placedAt,
  expires_at: expiresAt,
  key_prefix: keyPrefix,
});

/** As JSON takes it: whole numbers as text, since they may not fit a double. */
const heldRecord = (held: Held) => ({
  generations: held.generations.toString(),
  api_calls: held.api_calls.toString(),
  compute_ms: held.compute.toString(),
  amount: held.amount.toString(),
});

/**
 * Writes holds of any number of organizations and adds them to what is held: one statement. The
 * caller has the organizations' locks.
 */
export async function placeHolds(sql: Sql, holds: readonly NewHold[]): Promise<void> {
  if (holds.length === 0) return;
  await sql(
    `with placed as (
       insert into holds (organization_id, id, action, complexity, model, generations, api_calls, compute_ms, amount, state, placed_at, expires_at, key_prefix)
       select organization_id, id, action, complexity, model, generations, api_calls, compute_ms, amount, 'PLACED', placed_at, expires_at, key_prefix
       from json_to_recordset($1::json) as r (organization_id uuid, id uuid, action text, complexity text, model text, generations int8, api_calls int8,
         compute_ms int8, amount numeric, placed_at timestamptz, expires_at timestamptz, key_prefix text)
       returning organization_id, generations, api_calls, compute_ms, amount)
     insert into held_usage as h (organization_id, generations, api_calls, compute_ms, amount)
     select organization_id, sum(generations), sum(api_calls), sum(compute_ms), sum(amount) from placed group by organization_id
     on conflict (organization_id) do update set generations = h.generations + excluded.generations, api_calls = h.api_calls + excluded.api_calls,
       compute_ms = h.compute_ms + excluded.compute_ms, amount = h.amount + excluded.amount`,
    [JSON.stringify(holds.map(recordOf))],
  );
}
