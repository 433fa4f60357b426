import { EventEmitter } from "node:events";
import {
  type CronItem,
  Logger as WorkerLogger,
  type Runner,
  type RunnerOptions,
  type Task,
  type TaskList,
  type WorkerEvents,
  parseCronItems,
  run,
} from "graphile-worker";
import pg from "pg";
import type { Logger } from "pino";
import { surviveLosses } from "../database/pool.ts";
import type { Platform } from "../scope.ts";
import { releaseOrphans, type SignOfLife } from "./release-orphans.ts";
import type { Job } from "./job.ts";

/** A worker until it is stopped, or the database takes it along. */
export type OneWorker = {
  /** When it has stopped, for whatever reason. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Jobs that share these slots are short. */
const SHARED_SLOTS = 2;

/** Connections of each kind's own. */
const POOL = 4;

/** A wait for a stranger is not worth more of the time that a process has for its end. */
const STRANGERS_PATIENCE_MS = 500;

/** Starts what runs the jobs: those that are short together, and each kind that waits for strangers by itself. */
export async function startOne(platform: Platform, jobs: readonly Job[], log: Logger): Promise<OneWorker> {
  const alive = await releaseOrphans(platform.config.databaseAdminUrl, log);
  const runners: Runner[] = [];
  const stop = async (): Promise<void> => {
    // A runner says no when it has just ended by itself.
    await Promise.allSettled(runners.map((runner) => runner.stop()));
  };
  try {
    const shared = jobs.filter(({ slots }) => slots === undefined);
    runners.push(await startRunner(platform, shared, log, alive, { concurrency: SHARED_SLOTS }));
    for (const job of jobs) {
      if (job.slots === undefined) continue;
      const settings = { concurrency: job.slots, gracefulShutdownAbortTimeout: STRANGERS_PATIENCE_MS };
      runners.push(await startRunner(platform, [job], log, alive, settings));
    }
  } catch (error) {
    await stop();
    await alive.end();
    throw error;
  }
  const ends = runners.map(({ promise }) => promise.catch(() => undefined));
  // One that has ended takes the others along, and so does a sign of life that is lost: all begin anew together.
  const ended = Promise.race([...ends, alive.lost])
    .then(stop)
    .then(() => Promise.all(ends))
    .then(() => alive.end())
    // Of a connection that is gone already nothing is left to end.
    .catch(() => undefined);
  return {
    ended,
    stop: async () => {
      await stop();
      await ended;
    },
  };
}

async function startRunner(
  platform: Platform,
  jobs: readonly Job[],
  log: Logger,
  alive: SignOfLife,
  settings: Pick<RunnerOptions, "concurrency" | "gracefulShutdownAbortTimeout">,
): Promise<Runner> {
  const taskList: TaskList = Object.fromEntries(
    jobs.map((job): [string, Task] => [
      job.name,
      (payload, { abortSignal }) => job.run(platform, payload, abortSignal),
    ]),
  );
  const items = jobs.flatMap(({ name, cron }): CronItem[] =>
    cron === undefined ? [] : [{ task: name, match: cron, identifier: name }],
  );
  const events: WorkerEvents = new EventEmitter();
  const claims: Promise<void>[] = [];
  // Jobs are held in the name of a runner's pool.
  events.on("pool:create", ({ workerPool }) => {
    const claim = alive.claim(workerPool.id);
    // Awaited below, if the runner comes up.
    claim.catch(() => undefined);
    claims.push(claim);
  });
  // The worker's own would end the process when a connection is lost just as it stops.
  const pool = surviveLosses(new pg.Pool({ connectionString: platform.config.databaseAdminUrl, max: POOL }));
  const over = (): Promise<void> => pool.end().catch(() => undefined);
  const runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems: parseCronItems(items),
    ...settings,
    events,
    noHandleSignals: true,
    logger: workerLogger(log),
    // Without a delay, even of nothing, how a job ended is written down by nobody's promise: when that fails, since the
    // database is gone, it would end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  }).catch(async (error: unknown) => {
    await over();
    throw error;
  });
  void runner.promise.then(over, over);
  try {
    await Promise.all(claims);
  } catch (error) {
    await runner.stop();
    throw error;
  }
  return runner;
}

/**
 * The worker's own log lines at our levels; its debug lines would drown the rest. That its pool is smaller than its
 * slots is no news: jobs work on the platform's pool, the worker's is for taking them and writing down their end.
 */
function workerLogger(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === "warning" && message.includes(`maxPoolSize (${POOL}) smaller`)) return;
    if (level === "error") log.error({ component: "worker" }, message);
    else if (level === "warning") log.warn({ component: "worker" }, message);
    else log.debug({ component: "worker" }, message);
  });
}
