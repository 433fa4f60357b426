import { recordAudit } from "../audit/record-audit.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput } from "../platform/graphql/errors.ts";
import { newId } from "../platform/id.ts";
import { enqueue } from "../platform/jobs/enqueue.ts";
import type { Scope } from "../platform/scope.ts";
import { type BillingRun, TO_BILL } from "./billing-run.ts";

export const BILLING_RUN_JOB = "invoices.billing-run";

/**
 * Starts a run over all periods that ended by `until`, now when it is left out. A job does the work.
 *
 * @throws EdgeFault BAD_USER_INPUT when `until` is still to come
 */
export async function startBillingRun(scope: Scope, until: Date | null): Promise<BillingRun> {
  const now = scope.clock();
  if (until !== null && until.getTime() > now.getTime())
    throw badInput(`until must not be after now, ${now.toISOString()}.`);
  return inPlatformTransaction(scope.platform.pool, async (sql) => {
    const run = await insertRun(sql, until ?? now, now);
    await recordAudit(sql, scope, {
      action: "billing.started",
      target: `periods that ended by ${run.until.toISOString()}`,
      organizationId: null,
    });
    await enqueue(sql, BILLING_RUN_JOB, {}, { jobKey: BILLING_RUN_JOB });
    return run;
  });
}

async function insertRun(sql: Sql, until: Date, now: Date): Promise<BillingRun> {
  const id = newId();
  const [row] = await sql<{ total: number }>(
    `insert into billing_runs (id, until, state, total, done, charges, started_at)
     values ($2, $1, 'RUNNING', (select count(*)::int from subscriptions s where ${TO_BILL}), 0, 0, $3) returning total`,
    [until, id, now],
  );
  return {
    id,
    until,
    state: "RUNNING",
    total: row?.total ?? 0,
    done: 0,
    charges: 0,
    error: null,
    startedAt: now,
    finishedAt: null,
  };
}
