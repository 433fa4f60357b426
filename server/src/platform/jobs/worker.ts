import {
  type CronItem,
  Logger as WorkerLogger,
  type Runner,
  type RunnerOptions,
  type Task,
  type TaskList,
  parseCronItems,
  run,
} from "graphile-worker";
import type { Logger } from "pino";
import type { Platform } from "../scope.ts";
import { releaseOrphans } from "./release-orphans.ts";

/** A kind of job: its handler may run twice for one job, and must end in the same state. */
export type Job = {
  readonly name: string;
  readonly run: (platform: Platform, payload: unknown, stopping?: AbortSignal) => Promise<void>;
  /** When it runs by itself, as a cron pattern in UTC. */
  readonly cron?: string;
  /**
   * How many run at once, beside all other jobs: for work that waits for strangers. When the worker
   * stops, `stopping` ends the wait, and the job begins anew in the next one.
   */
  readonly slots?: number;
};

/** Jobs that run in this process until it is stopped. */
export type Worker = { readonly stop: () => Promise<void> };

/** Jobs that share these slots are short. */
const SHARED_SLOTS = 2;

/** A wait for a stranger is not worth more of the time that a process has for its end. */
const STRANGERS_PATIENCE_MS = 500;

/**
 * Starts the worker on the queue in PostgreSQL; it begins with what a killed one left. It stops with
 * `stop()`, its jobs finished.
 */
export async function startWorker(platform: Platform, jobs: readonly Job[], log: Logger): Promise<Worker> {
  const alive = await releaseOrphans(platform.config.databaseAdminUrl, log);
  const shared = jobs.filter(({ slots }) => slots === undefined);
  const runners = await Promise.all([
    startRunner(platform, shared, log, { concurrency: SHARED_SLOTS }),
    ...jobs.flatMap((job) =>
      job.slots === undefined
        ? []
        : startRunner(platform, [job], log, {
            concurrency: job.slots,
            gracefulShutdownAbortTimeout: STRANGERS_PATIENCE_MS,
          }),
    ),
  ]);
  void Promise.allSettled(runners.map(({ promise }) => promise)).then(() => alive.end());
  return {
    stop: async () => {
      await Promise.all(runners.map((runner) => runner.stop()));
    },
  };
}

async function startRunner(
  platform: Platform,
  jobs: readonly Job[],
  log: Logger,
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
  return run({
    connectionString: platform.config.databaseAdminUrl,
    taskList,
    parsedCronItems: parseCronItems(items),
    ...settings,
    noHandleSignals: true,
    maxPoolSize: 4,
    logger: workerLogger(log),
  });
}

/** The worker's own log lines at our levels; its debug lines would drown the rest. */
function workerLogger(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === "error") log.error({ component: "worker" }, message);
    else if (level === "warning") log.warn({ component: "worker" }, message);
    else log.debug({ component: "worker" }, message);
  });
}
