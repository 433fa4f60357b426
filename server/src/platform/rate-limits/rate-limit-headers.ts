import type { FastifyReply } from "fastify";
import type { Taken } from "./rate-limits.ts";

/** Tells a caller how a limit on the rate stands, beside the answer. */
export function setRateLimitHeaders(
  reply: FastifyReply,
  { limit, remaining, resetAfterSeconds, retryAfterSeconds }: Taken,
): void {
  void reply.header("ratelimit-limit", limit.toString());
  void reply.header("ratelimit-remaining", remaining.toString());
  void reply.header("ratelimit-reset", resetAfterSeconds.toString());
  if (retryAfterSeconds !== null) void reply.header("retry-after", retryAfterSeconds.toString());
}
