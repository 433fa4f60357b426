import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";

/** The advisory lock that every worker on a database shares as long as it lives. */
const WORKERS_ALIVE = 7_061_844_210;

/** A connection of a process that was killed is gone within this time. */
const PATIENCE_MS = 5_000;
const POLL_MS = 250;

/** A worker's word that it lives. It is taken back by `end`, or by the death of the process. */
export type SignOfLife = { readonly end: () => Promise<void> };

/**
 * Gives back the jobs that a killed worker held: the queue itself does so after four hours only.
 * That is done when no other worker lives on the database; until then nothing tells whose jobs are
 * being worked. From now on this process counts as a living worker.
 */
export async function releaseOrphans(connectionString: string, log: Logger): Promise<SignOfLife> {
  const client = new pg.Client({ connectionString, keepAlive: true });
  // Without its connection a living worker's jobs may be run twice, which every handler bears.
  client.on("error", (error) => log.warn({ component: "worker", error: error.message }, "the sign of life was lost"));
  await client.connect();
  if (await alone(client)) {
    const { rowCount } = await client.query(
      `select graphile_worker.force_unlock_workers(array[locked_by])
       from (select distinct locked_by from graphile_worker.jobs where locked_by is not null) held`,
    );
    if (rowCount)
      log.info({ component: "worker", workers: rowCount }, "gave back the jobs of workers that were killed");
  }
  await client.query("select pg_advisory_lock_shared($1)", [WORKERS_ALIVE]);
  await client.query("select pg_advisory_unlock($1)", [WORKERS_ALIVE]);
  return { end: () => client.end() };
}

/** Takes the lock for this process alone; waits for it only while jobs are held. */
async function alone(client: pg.Client): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; ; await wait(POLL_MS)) {
    const { rows } = await client.query<{ alone: boolean; held: boolean }>(
      `select pg_try_advisory_lock($1) as alone, exists (select from graphile_worker.jobs where locked_by is not null) as held`,
      [WORKERS_ALIVE],
    );
    if (rows[0]?.alone) return true;
    if (!rows[0]?.held || Date.now() > end) return false;
  }
}
