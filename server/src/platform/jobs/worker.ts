import {
  type CronItem,
  Logger as WorkerLogger,
  type Runner,
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
  readonly run: (platform: Platform, payload: unknown) => Promise<void>;
  /** When it runs by itself, as a cron pattern in UTC. */
  readonly cron?: string;
};

/**
 * Starts the worker on the queue in PostgreSQL; it begins with what a killed one left. It stops with
 * `runner.stop()`, its jobs finished.
 */
export async function startWorker(platform: Platform, jobs: readonly Job[], log: Logger): Promise<Runner> {
  const taskList: TaskList = Object.fromEntries(
    jobs.map((job) => [job.name, (payload: unknown) => job.run(platform, payload)]),
  );
  const items = jobs.flatMap(({ name, cron }): CronItem[] =>
    cron === undefined ? [] : [{ task: name, match: cron, identifier: name }],
  );
  const alive = await releaseOrphans(platform.config.databaseAdminUrl, log);
  const runner = await run({
    connectionString: platform.config.databaseAdminUrl,
    taskList,
    parsedCronItems: parseCronItems(items),
    concurrency: 2,
    noHandleSignals: true,
    maxPoolSize: 4,
    logger: workerLogger(log),
  });
  void runner.promise.catch(() => undefined).then(() => alive.end());
  return runner;
}

/** The worker's own log lines at our levels; its debug lines would drown the rest. */
function workerLogger(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === "error") log.error({ component: "worker" }, message);
    else if (level === "warning") log.warn({ component: "worker" }, message);
    else log.debug({ component: "worker" }, message);
  });
}
