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
