import { enqueue } from "../platform/jobs/enqueue.ts";
import type { Sql } from "../platform/database/sql.ts";
import { newId } from "../platform/id.ts";
import type { CallKind, CallParams } from "./stripe-call.ts";

/** A call that was decided. `key` names the intent: the same intent decided twice is one call. */
export type DecidedCall<K extends CallKind = CallKind> = {
  readonly kind: K;
  readonly key: string;
  readonly params: CallParams[K];
};

/** Keys of what staff do with invoices begin with it. */
export const ACT = "act:";

/** The job that makes the calls a process left unmade. */
export const MAKE_CALLS_JOB = "payments.make-calls";

/**
 * Puts a call into the outbox, in the transaction that decides it. It is made after the commit.
 *
 * @returns false when the same intent was decided before
 */
export async function decideCall<K extends CallKind>(
  sql: Sql,
  organizationId: string,
  { kind, key, params }: DecidedCall<K>,
): Promise<boolean> {
  const rows = await sql(
    `insert into stripe_outbox (organization_id, id, kind, key, params, state, attempts, next_try_at, created_at)
     values ($1, $2, $3, $4, $5, 'PENDING', 0, clock_timestamp(), clock_timestamp()) on conflict (organization_id, key) do nothing returning id`,
    [organizationId, newId(), kind, key, JSON.stringify(params)],
  );
  await enqueue(sql, MAKE_CALLS_JOB, { organizationId }, { jobKey: `${MAKE_CALLS_JOB}:${organizationId}` });
  return rows.length > 0;
}
