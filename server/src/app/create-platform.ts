import type { Config } from "../platform/config.ts";
import { createOrm } from "../platform/database/orm.ts";
import { boundedWaiting, createPool, createReadPool } from "../platform/database/pool.ts";
import type { Clock } from "../kernel/clock.ts";
import { createLog, type Logger } from "../platform/log.ts";
import { createRateLimits } from "../platform/rate-limits/create-rate-limits.ts";
import type { Platform } from "../platform/scope.ts";
import { entities } from "./entities.ts";
import { SandboxTime } from "./sandbox-clock.ts";
import { systemClock } from "../kernel/clock.ts";

const POOL_SIZE = 10;

/** What lives as long as the process, and how to let it go. */
export type RunningPlatform = { readonly platform: Platform; readonly close: () => Promise<void> };

/** Opens the database's pools, Redis and the clock. @param clock for tests; the sandbox's or the real one otherwise */
export async function createPlatform(
  config: Config,
  clock?: Clock,
  log: Logger = createLog(config.logLevel),
): Promise<RunningPlatform> {
  const pool = createPool(config.databaseUrl, POOL_SIZE);
  const readPool = createReadPool(config.databaseUrl, POOL_SIZE);
  const orm = createOrm(config.databaseUrl, entities, POOL_SIZE, boundedWaiting);
  const time = clock || !config.sandbox ? null : new SandboxTime(pool);
  await time?.start();
  const rateLimits = await createRateLimits(config.redisUrls, log);
  const platform: Platform = {
    config,
    orm,
    pool,
    readPool,
    rateLimits,
    clock: clock ?? time?.clock ?? systemClock,
    refreshClock: async () => time?.refresh(),
  };
  return {
    platform,
    close: async () => {
      time?.stop();
      await rateLimits.close();
      await orm.close();
      await readPool.end();
      await pool.end();
    },
  };
}
