import type { Logger } from "../log.ts";
import { InsuredRateLimits } from "./insured-rate-limits.ts";
import { createMemoryRateLimits } from "./memory-rate-limits.ts";
import type { RateLimits } from "./rate-limits.ts";
import { connectRedis, whenReady } from "./redis-client.ts";
import { createRedisCounters } from "./redis-counters.ts";

/** How long an answer of Redis is waited for before this process gives its own. */
export const ANSWER_WITHIN_MS = 50;

/** How long a start waits for Redis before it goes on without. */
const CONNECT_WITHIN_MS = 1_000;

/** Whom to ask for when no caller's counter told that the connection is gone. */
const ANYBODY = "anybody";

/**
 * Limits on the rate: of this process alone without `redisUrls`, else shared through them by all that
 * have the same. A Redis that is away holds up no start.
 */
export async function createRateLimits(
  redisUrls: readonly string[],
  log: Logger,
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<RateLimits> {
  const local = createMemoryRateLimits();
  if (redisUrls.length === 0) return local;
  const redis = connectRedis(redisUrls);
  const limits = new InsuredRateLimits({
    shared: createRedisCounters(redis),
    local,
    log,
    answerWithinMs,
    close: () => redis.disconnect(),
  });
  redis.on("error", (error) => limits.fallBack(ANYBODY, error));
  await whenReady(redis, Math.max(CONNECT_WITHIN_MS, answerWithinMs)).catch((error: unknown) =>
    limits.fallBack(ANYBODY, error),
  );
  // Not before, since a cluster that is just coming up may close some.
  redis.on("close", () => limits.fallBack(ANYBODY, "the connection is closed"));
  return limits;
}
