import type { RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimit, Taken } from "./rate-limits.ts";

/** What a counter's standing means for one who asked. @param undo takes one off the counter */
export function takenFrom(
  { consumedPoints, msBeforeNext }: RateLimiterRes,
  { most }: RateLimit,
  undo: () => Promise<unknown>,
): Taken {
  const allowed = consumedPoints <= most;
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  const endsAt = Date.now() + msBeforeNext;
  return {
    allowed,
    limit: most,
    remaining: Math.max(0, most - consumedPoints),
    resetAfterSeconds: seconds,
    retryAfterSeconds: allowed ? null : seconds,
    giveBack: async () => {
      // Once the span is over, the one that runs must not gain from it.
      if (allowed && Date.now() < endsAt) await undo();
    },
  };
}
