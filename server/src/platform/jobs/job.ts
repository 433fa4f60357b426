import type { Platform } from "../scope.ts";

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
