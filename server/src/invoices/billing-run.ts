import { instant, instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { isRetryable } from "../platform/graphql/errors.ts";
import type { Platform } from "../platform/scope.ts";
import { lockSubscriptions } from "../subscriptions/lock-subscription.ts";
import { freezeCharges } from "./freeze-charges.ts";

/** Customers whose periods are closed in one transaction. Their usage waits for as long as it takes, a second or so. */
const BATCH = 500;

/** A run that fails for more customers than this has another fault than theirs. */
const MOST_FAILURES = 20;

export type BillingRun = {
  readonly id: string;
  readonly until: Date;
  readonly state: "RUNNING" | "DONE" | "FAILED";
  /** Customers with something to close when it started. */
  readonly total: number;
  readonly done: number;
  readonly charges: number;
  /** What went wrong, a line for each customer that was left out. */
  readonly error: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
};

/**
 * Goes on with a run until all periods that ended by its instant are closed and charged.
 *
 * Each batch is one transaction that also moves the run's cursor: killed anywhere, it goes on where
 * it was, and nothing is done twice. Two that work on one run take turns. A batch that fails is
 * repeated customer by customer, so that one whose data is broken holds up nobody else.
 *
 * @param batch for tests
 */
export async function carryOnBillingRun(platform: Platform, id: string, batch = BATCH): Promise<void> {
  for (;;) {
    try {
      if ((await billBatch(platform, id, batch)) === 0) return;
    } catch (error) {
      if (isRetryable(error)) throw error;
      for (let left = batch; left > 0; left -= 1) if (!(await billOne(platform, id))) return;
    }
  }
}

/** @returns false when the run is over, or somebody else is at it */
async function billOne(platform: Platform, id: string): Promise<boolean> {
  try {
    return (await billBatch(platform, id, 1)) > 0;
  } catch (error) {
    if (isRetryable(error)) throw error;
    return leaveOutOne(platform, id, error instanceof Error ? error.message : String(error));
  }
}

/** @returns how many customers were done: none when the run is over, or somebody else is at it */
const billBatch = (platform: Platform, id: string, size: number): Promise<number> =>
  inPlatformTransaction(platform.pool, async (sql) => {
    const run = await takeRun(sql, id);
    if (!run) return 0;
    const now = platform.clock();
    const organizationIds = await nextCustomers(sql, run, size);
    if (organizationIds.length === 0) {
      await sql(
        "update billing_runs set state = case when error is null then 'DONE' else 'FAILED' end, finished_at = $2 where id = $1",
        [id, now],
      );
      return 0;
    }
    await lockSubscriptions(sql, organizationIds, run.until);
    const { charges } = await freezeCharges(sql, organizationIds, now);
    await sql("update billing_runs set cursor = $2, done = done + $3, charges = charges + $4 where id = $1", [
      id,
      organizationIds.at(-1),
      organizationIds.length,
      charges,
    ]);
    return organizationIds.length;
  });

/** Passes the next customer over and says why. @returns false when the run is over, or somebody else is at it */
const leaveOutOne = (platform: Platform, id: string, why: string): Promise<boolean> =>
  inPlatformTransaction(platform.pool, async (sql) => {
    const run = await takeRun(sql, id);
    const [organizationId] = run ? await nextCustomers(sql, run, 1) : [];
    if (!run || organizationId === undefined) return false;
    const errors = [...(run.error?.split("\n") ?? []), `Organization ${organizationId}: ${why.split("\n")[0] ?? ""}`];
    const over = errors.length > MOST_FAILURES;
    await sql(
      "update billing_runs set cursor = $2, done = done + 1, error = $3, state = $4, finished_at = $5 where id = $1",
      [id, organizationId, errors.join("\n"), over ? "FAILED" : "RUNNING", over ? platform.clock() : null],
    );
    return !over;
  });

type TakenRun = { readonly until: Date; readonly cursor: string | null; readonly error: string | null };

/** Takes a run for the transaction; null when it is over, or somebody else has taken it. */
async function takeRun(sql: Sql, id: string): Promise<TakenRun | null> {
  const [row] = await sql<{ until: unknown; cursor: string | null; error: string | null }>(
    "select until, cursor, error from billing_runs where id = $1 and state = 'RUNNING' for update skip locked",
    [id],
  );
  return row ? { until: instant(row.until), cursor: row.cursor, error: row.error } : null;
}

/** A customer with a period that ended by `$1`, or a closed one that is not charged yet. */
export const TO_BILL = `(s.current_period_end <= $1 or exists (
  select from billing_periods p where p.organization_id = s.organization_id and p.closed_at is not null and p.frozen_at is null))`;

async function nextCustomers(sql: Sql, { until, cursor }: TakenRun, limit: number): Promise<string[]> {
  const rows = await sql<{ organization_id: string }>(
    `select s.organization_id from subscriptions s
     where ${TO_BILL} and ($2::uuid is null or s.organization_id > $2::uuid) order by s.organization_id limit $3`,
    [until, cursor, limit],
  );
  return rows.map((row) => row.organization_id);
}

type Row = {
  id: string;
  until: unknown;
  state: BillingRun["state"];
  total: number;
  done: number;
  charges: number;
  error: string | null;
  started_at: unknown;
  finished_at: unknown;
};

/** Runs, newest first; those before the run `before`. */
export async function readBillingRuns(sql: Sql, limit: number, before: string | null): Promise<BillingRun[]> {
  const rows = await sql<Row>(
    `select id, until, state, total, done, charges, error, started_at, finished_at from billing_runs
     where $1::uuid is null or id < $1::uuid order by id desc limit $2`,
    [before, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    until: instant(row.until),
    state: row.state,
    total: row.total,
    done: row.done,
    charges: row.charges,
    error: row.error,
    startedAt: instant(row.started_at),
    finishedAt: instantOrNull(row.finished_at),
  }));
}

/** The runs that are not over, oldest first. */
export async function runningBillingRuns(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }>("select id from billing_runs where state = 'RUNNING' order by id");
  return rows.map(({ id }) => id);
}
