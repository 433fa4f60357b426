import { recordAudit } from "../../audit/record-audit.ts";
import type { Sql } from "../../platform/database/sql.ts";
import { inPlatformTransaction, inTenantTransaction } from "../../platform/database/tenant-transaction.ts";
import { EdgeFault, notFound } from "../../platform/graphql/errors.ts";
import { isUuid } from "../../platform/id.ts";
import type { Scope } from "../../platform/scope.ts";
import { clearAlarm } from "../alarms.ts";
import { callById, type StoredStripeCall } from "../lists/call-list.ts";
import { makeCalls, refusedAlarm } from "../make-calls.ts";
import type { CallKind, CallParams } from "../stripe-call.ts";
import { decideCall } from "../stripe-outbox.ts";

export type RetryCall = { readonly organizationId: string; readonly id: string };

/**
 * Makes a call again. One that waits is made at once, with its own key. One that Stripe refused is
 * decided anew under a key that follows from the first: under its own, Stripe would repeat the answer
 * that it gave.
 *
 * An alarm about a refused one is cleared when Stripe takes it.
 *
 * @returns the call that was made, the successor of a refused one
 * @throws EdgeFault NOT_FOUND; CONFLICT for one that was answered
 */
export async function retryCall(scope: Scope, { organizationId, id }: RetryCall): Promise<StoredStripeCall> {
  if (!isUuid(organizationId) || !isUuid(id)) throw notFound("The call");
  const { pool } = scope.platform;
  const retried = await inTenantTransaction(pool, organizationId, async (sql) => {
    const call = await callById(sql, organizationId, id);
    if (!call) throw notFound("The call");
    if (call.state === "DONE") throw new EdgeFault("CONFLICT", "Stripe has answered this call. It is not made twice.");
    const due = call.state === "PENDING" ? await makeDue(sql, call) : await decideAgain(sql, call);
    await recordAudit(sql, scope, {
      organizationId,
      action: "stripe-call.retried",
      target: call.kind,
      detail: { key: call.key, was: call.state },
    });
    return due;
  });
  await makeCalls(scope.platform, organizationId, true);
  const after = await inTenantTransaction(pool, organizationId, (sql) => callById(sql, organizationId, retried));
  if (!after) throw notFound("The call");
  if (after.state === "DONE")
    await inPlatformTransaction(pool, (sql) => clearAlarm(sql, scope.clock(), refusedAlarm(id)));
  return after;
}

async function makeDue(sql: Sql, { organizationId, id }: StoredStripeCall): Promise<string> {
  await sql("update stripe_outbox set next_try_at = clock_timestamp() where organization_id = $1 and id = $2", [
    organizationId,
    id,
  ]);
  return id;
}

/** @returns the id of the successor; of the one that is there already when two ask at once */
async function decideAgain(sql: Sql, { organizationId, kind, key, params }: StoredStripeCall): Promise<string> {
  const again = `${key.replace(/#\d+$/, "")}#${Number(/#(\d+)$/.exec(key)?.[1] ?? 1) + 1}`;
  await decideCall(sql, organizationId, {
    // It was typed when it was decided first.
    kind: kind as CallKind,
    key: again,
    params: params as CallParams[CallKind],
  });
  const [row] = await sql<{ id: string }>("select id from stripe_outbox where organization_id = $1 and key = $2", [
    organizationId,
    again,
  ]);
  if (!row) throw new Error(`the call ${again} was not decided`);
  return row.id;
}
