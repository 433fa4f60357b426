import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimit, RateLimits, Taken } from "./rate-limits.ts";

const MINUTE_SECONDS = 60;

/** Counters of this process alone; each is forgotten when its minute is over. */
export function createMemoryRateLimits(): RateLimits {
  // The limit is the caller's, so the limiter itself only counts.
  const counters = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: MINUTE_SECONDS });
  return {
    take: async (limit) => {
      const key = keyOf(limit);
      const counted = await counters.penalty(key);
      if (counted.consumedPoints <= limit.perMinute) return takenFrom(counted, limit.perMinute, true);
      await counters.reward(key);
      return takenFrom(counted, limit.perMinute, false);
    },
    giveBack: async (limit) => {
      const { consumedPoints } = await counters.reward(keyOf(limit));
      // What was taken belonged to a minute that is over: the one that runs must not gain from it.
      if (consumedPoints < 0) await counters.delete(keyOf(limit));
    },
    close: () => Promise.resolve(),
  };
}

/** The owner in braces, so that a cluster keeps all counters of one owner together. */
const keyOf = ({ owner, name }: RateLimit): string => `{${owner}}:${name}`;

function takenFrom({ consumedPoints, msBeforeNext }: RateLimiterRes, limit: number, allowed: boolean): Taken {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return {
    allowed,
    limit,
    remaining: Math.max(0, limit - consumedPoints),
    resetAfterSeconds: seconds,
    retryAfterSeconds: allowed ? null : seconds,
  };
}
