import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Platform } from "../scope.ts";
import type { Job } from "./job.ts";
import { type OneWorker, startOne } from "./one-worker.ts";

/** A worker that goes on until it is stopped, its jobs finished. */
export type RunningWorker = { readonly stop: () => Promise<void> };

/** After a worker ended by itself, and after a start that failed, since the database was away. */
const AGAIN_AFTER_MS = 500;

/**
 * Starts the worker on the queue in PostgreSQL; it begins with what a killed one left. One that ends
 * since the database went away is followed by another once it is back.
 *
 * @throws when the database is away from the start
 */
export async function startWorker(platform: Platform, jobs: readonly Job[], log: Logger): Promise<RunningWorker> {
  const start = (): Promise<OneWorker> => startOne(platform, jobs, log);
  const stopping = new AbortController();
  const stopped = keepRunning(await start(), start, stopping.signal, log);
  return {
    stop: () => {
      stopping.abort();
      return stopped;
    },
  };
}

async function keepRunning(first: OneWorker, start: () => Promise<OneWorker>, signal: AbortSignal, log: Logger) {
  const stopAsked = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  let worker: OneWorker | null = first;
  while (!signal.aborted) {
    await Promise.race([worker?.ended, stopAsked]);
    if (signal.aborted) break;
    if (worker !== null) log.warn({ component: "worker" }, "the worker ended by itself; another begins");
    worker = null;
    await wait(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    worker = await start().catch((error: unknown) => {
      log.warn({ component: "worker", err: error }, "the worker has no queue; trying again");
      return null;
    });
  }
  await worker?.stop();
}
