import type { Cluster, Redis } from "ioredis";
import { RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { type Counters, counterName, type RateLimit } from "./rate-limits.ts";
import { takenFrom } from "./taken.ts";

/**
 * One step in Redis: KEYS[1] the counter; ARGV[1] how many to take, negative to give back; ARGV[2] the
 * span in seconds; ARGV[3] the limit. Answers what is or would be taken, and the milliseconds until
 * the span is over. What does not fit is not counted, and nothing is given back to a counter that is gone.
 */
const TAKE = `
local asked = tonumber(ARGV[1])
local taken = tonumber(redis.call('get', KEYS[1]) or 0)
local left = redis.call('pttl', KEYS[1])
if left < 0 then left = ARGV[2] * 1000 end
if asked > 0 and taken + asked > tonumber(ARGV[3]) then return {taken + asked, left} end
if taken + asked <= 0 then
  redis.call('del', KEYS[1])
  return {0, left}
end
redis.call('set', KEYS[1], taken + asked, 'PX', left)
return {taken + asked, left}
`;

/**
 * Counters that several processes share, in one Redis or a cluster. Their keys are
 * `rl:{owner}:name`, and Redis's clock says when a span is over.
 *
 * All of it rejects whenever Redis does, giving back too: who asks must have something to fall back to.
 */
export function createRedisCounters(redis: Redis | Cluster): Counters {
  const limiters = new Map<string, RateLimiterRedis>();
  const limiterOf = ({ most, spanSeconds }: RateLimit): RateLimiterRedis => {
    const key = `${most}/${spanSeconds}`;
    const known = limiters.get(key);
    if (known) return known;
    const fresh = new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: "rl",
      points: most,
      duration: spanSeconds,
      customIncrTtlLuaScript: TAKE,
      rejectIfRedisNotReady: true,
    });
    limiters.set(key, fresh);
    return fresh;
  };
  return {
    take: async (limit) => {
      const [limiter, name] = [limiterOf(limit), counterName(limit)];
      return takenFrom(await consumed(limiter, name), limit, () => limiter.reward(name));
    },
    forget: async (limit) => {
      await limiterOf(limit).delete(counterName(limit));
    },
  };
}

/** How the counter stands, taken from or not. */
const consumed = (limiter: RateLimiterRedis, name: string): Promise<RateLimiterRes> =>
  limiter.consume(name).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  });
