import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";

/** The advisory lock that every worker on a database shares as long as it lives. */
const WORKERS_ALIVE = 7_061_844_210;

/** Of the advisory locks by which each pool of jobs is known to be in living hands. */
const POOLS = 706_184_421;

/** A connection of a process that was killed is gone within this time. */
const PATIENCE_MS = 5_000;
const POLL_MS = 250;

/** How often a living worker looks for the jobs of one that was killed beside it. */
const LOOK_EVERY_MS = 5_000;

/** A pool that has just begun may hold a job before it is claimed. */
const UNCLAIMED_FOR = "5 seconds";

/** A worker's word that it lives. It is taken back by `end`, or by the death of the process. */
export type SignOfLife = {
  /** From now on jobs that are held in this pool's name are in living hands. */
  readonly claim: (pool: string) => Promise<void>;
  /** When the connection that says so is gone: others may then take what this worker holds. */
  readonly lost: Promise<void>;
  readonly end: () => Promise<void>;
};

/**
 * Gives back the jobs that killed workers held: the queue itself does so after four hours only. At once
 * all of them when no other worker lives on the database; from then on, as long as this one lives, those
 * of pools that nobody claims any more.
 */
export async function releaseOrphans(
  connectionString: string,
  log: Logger,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<SignOfLife> {
  const client = new pg.Client({ connectionString, keepAlive: true });
  const lost = new Promise<void>((resolve) => client.once("end", resolve));
  client.on("error", (error) => log.warn({ component: "worker", error: error.message }, "the sign of life was lost"));
  await client.connect();
  if (await alone(client)) tell(log, await release(client, "select distinct locked_by from graphile_worker.jobs", []));
  await client.query("select pg_advisory_lock_shared($1)", [WORKERS_ALIVE]);
  await client.query("select pg_advisory_unlock($1)", [WORKERS_ALIVE]);

  const own: string[] = [];
  const look = setInterval(() => {
    // Without its connection this worker ends and another begins.
    releaseUnclaimed(client, own).then(
      (count) => tell(log, count),
      () => undefined,
    );
  }, lookEveryMs).unref();
  void lost.then(() => clearInterval(look));
  return {
    claim: async (pool) => {
      own.push(pool);
      await client.query("select pg_advisory_lock_shared($1, hashtext($2))", [POOLS, pool]);
    },
    lost,
    end: () => client.end(),
  };
}

/** Gives back what pools hold whose lock can be had, which is let go of again in the same moment. */
function releaseUnclaimed(client: pg.Client, own: readonly string[]): Promise<number> {
  return release(
    client,
    `select distinct locked_by from graphile_worker.jobs where locked_at < now() - interval '${UNCLAIMED_FOR}'
       and locked_by <> all($1) and pg_try_advisory_xact_lock(${POOLS}, hashtext(locked_by))`,
    [own],
  );
}

/** @param pools a query for the names of pools @returns of how many something was given back */
async function release(client: pg.Client, pools: string, values: unknown[]): Promise<number> {
  const { rows } = await client.query<{ released: number }>(
    `with dead as materialized (select locked_by from (${pools}) held where locked_by is not null)
     select count(*)::int as released, graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead`,
    values,
  );
  return rows[0]?.released ?? 0;
}

function tell(log: Logger, pools: number): void {
  if (pools > 0) log.info({ component: "worker", pools }, "gave back the jobs of workers that were killed");
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
