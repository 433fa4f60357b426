import type { Cluster, Redis } from "ioredis";
import { RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { counterName, type RateLimit, type SharedCounters } from "./rate-limits.ts";
import { takenFrom } from "./taken.ts";

/**
 * One step in Redis: KEYS[1] the counter; ARGV[1] how many to take, negative to give back; ARGV[2] the
 * span in seconds; ARGV[3] the limit. Answers what is or would be taken, the milliseconds until the
 * span is over, and when that is by Redis's clock in milliseconds. What does not fit is not counted,
 * and nothing is given back to a counter that is gone.
 *
 * Giving back and forgetting leave the counter where it is, at nothing: a span that another takes the
 * place of before it is over is one that Redis has lost.
 */
const TAKE = `
local asked = tonumber(ARGV[1])
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local counter = redis.call('hmget', KEYS[1], 'taken', 'ends')
local taken = tonumber(counter[1] or 0)
local ends = tonumber(counter[2] or now + ARGV[2] * 1000)
local wanted = math.max(0, taken + asked)
if asked > 0 and wanted <= tonumber(ARGV[3]) or asked < 0 and counter[1] then
  redis.call('hset', KEYS[1], 'taken', wanted, 'ends', ends)
  redis.call('pexpireat', KEYS[1], ends)
end
return {wanted, math.max(1, ends - now), ends}
`;

/** More than any counter counts. */
const ALL = 2 ** 40;

/**
 * Counters that several processes share, in one Redis or a cluster. Their keys are
 * `rl:{owner}:name`, and Redis's clock says when a span is over.
 *
 * All of it rejects whenever Redis does, giving back too: who asks must have something to fall back to.
 */
export function createRedisCounters(redis: Redis | Cluster): SharedCounters {
  const limiters = new Map<string, SpanTellingLimiter>();
  const limiterOf = ({ most, spanSeconds }: RateLimit): SpanTellingLimiter => {
    const key = `${most}/${spanSeconds}`;
    const known = limiters.get(key);
    if (known) return known;
    const fresh = new SpanTellingLimiter({
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
      const answer = await consumed(limiter, name);
      const taken = takenFrom(answer, limit, () => limiter.reward(name));
      // What was refused is in the answer, and not in the counter.
      const counted = answer.consumedPoints - (taken.allowed ? 0 : 1);
      return { ...taken, standing: { taken: counted, leftMs: answer.msBeforeNext, spanEndsAt: answer.spanEndsAt } };
    },
    forget: async (limit) => {
      await limiterOf(limit).reward(counterName(limit), ALL);
    },
  };
}

class SpanTellingRes extends RateLimiterRes {
  readonly spanEndsAt: number;

  constructor([taken, leftMs, spanEndsAt]: readonly [number, number, number], most: number) {
    super(Math.max(0, most - taken), leftMs, taken);
    this.spanEndsAt = spanEndsAt;
  }
}

/** The library's, which passes on the third number of the script's answer too. */
class SpanTellingLimiter extends RateLimiterRedis {
  protected _getRateLimiterRes(_key: string, _points: number, answer: [number, number, number]): SpanTellingRes {
    return new SpanTellingRes(answer, this.points);
  }
}

/** How the counter stands, taken from or not. */
const consumed = (limiter: SpanTellingLimiter, name: string): Promise<SpanTellingRes> =>
  limiter
    .consume(name)
    .catch((refused: unknown) => refused)
    .then((answer) => {
      if (answer instanceof SpanTellingRes) return answer;
      throw answer;
    });
