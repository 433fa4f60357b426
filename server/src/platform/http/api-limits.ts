import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { FastifyReply } from "fastify";
import type { Config } from "../config.ts";
import { EdgeFault } from "../graphql/errors.ts";
import type { Viewer } from "../viewer.ts";

/** How many requests a minute each asker may make: protection of the server, apart from what plans sell. */
export type ApiLimits = (viewer: Viewer | null, address: string, reply: FastifyReply) => Promise<void>;

/** Keys, service keys and anonymous addresses have limits of their own; a limit of 0 means none. */
export function createApiLimits(limits: Config["apiLimits"]): ApiLimits {
  const of = (points: number): RateLimiterMemory | null =>
    points === 0 ? null : new RateLimiterMemory({ points, duration: 60 });
  const limiters = { key: of(limits.key), service: of(limits.service), address: of(limits.address) };

  return async (viewer, address, reply) => {
    const [limiter, name] =
      viewer === null
        ? [limiters.address, address]
        : viewer.kind === "serviceKey"
          ? [limiters.service, viewer.id]
          : [limiters.key, viewer.id];
    if (limiter === null) return;
    try {
      tell(reply, limiter.points, await limiter.consume(name));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const retryAfterSeconds = Math.ceil(error.msBeforeNext / 1_000);
      tell(reply, limiter.points, error);
      void reply.header("retry-after", retryAfterSeconds.toString());
      throw new EdgeFault(
        "RATE_LIMITED",
        `Too many requests: ${limiter.points} a minute are allowed. Try again in ${retryAfterSeconds} s.`,
        { retryAfterSeconds },
      );
    }
  };
}

function tell(reply: FastifyReply, limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): void {
  void reply.header("ratelimit-limit", limit.toString());
  void reply.header("ratelimit-remaining", Math.max(0, remainingPoints).toString());
  void reply.header("ratelimit-reset", Math.ceil(msBeforeNext / 1_000).toString());
}
