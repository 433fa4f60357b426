import type { Sql } from "../database/sql.ts";

/**
 * Puts a job into the queue, in the transaction of `sql`: it runs only if that commits.
 *
 * @param jobKey a job that waits under the same key is replaced instead of added
 */
export async function enqueue(
  sql: Sql,
  task: string,
  payload: object,
  options: { jobKey?: string; runAt?: Date } = {},
): Promise<void> {
  await sql("select qlp_enqueue($1::text, $2::json, $3::text, $4::timestamptz)", [
    task,
    JSON.stringify(payload),
    options.jobKey ?? null,
    options.runAt ?? null,
  ]);
}

export type NewJob = {
  readonly task: string;
  readonly payload: object;
  readonly jobKey?: string;
  readonly runAt?: Date | undefined;
  /** Jobs of one queue run one after the other. */
  readonly queue?: string;
};

/** Puts many jobs into the queue by one statement. */
export async function enqueueAll(sql: Sql, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await sql(
    `select qlp_enqueue(task, payload, job_key, run_at, queue) from json_to_recordset($1::json)
       as r (task text, payload json, job_key text, run_at timestamptz, queue text)`,
    [
      JSON.stringify(
        jobs.map(({ task, payload, jobKey, runAt, queue }) => ({
          task,
          payload,
          job_key: jobKey,
          run_at: runAt,
          queue,
        })),
      ),
    ],
  );
}
