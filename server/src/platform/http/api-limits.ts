import type { FastifyReply } from "fastify";
import { mustBeAllowed } from "../rate-limits/must-be-allowed.ts";
import { setRateLimitHeaders } from "../rate-limits/rate-limit-headers.ts";
import type { RateLimit } from "../rate-limits/rate-limits.ts";
import type { Platform } from "../scope.ts";
import type { Viewer } from "../viewer.ts";
import { networkOf } from "./network.ts";

const MINUTE_SECONDS = 60;

/**
 * Counts a request to this API against how many its asker may make a minute, and tells in headers how
 * that stands: protection of the server, apart from what plans sell. A limit of 0 is none.
 *
 * @throws EdgeFault RATE_LIMITED with `retryAfterSeconds`
 */
export async function limitRequests(
  { config, rateLimits }: Platform,
  { viewer, address, reply }: { viewer: Viewer | null; address: string; reply: FastifyReply },
): Promise<void> {
  const limit = limitOf(config.apiLimits, viewer, address);
  if (limit.most === 0) return;
  const taken = await rateLimits.take(limit);
  setRateLimitHeaders(reply, taken);
  mustBeAllowed(taken, `Too many requests: ${limit.most} a minute are allowed.`);
}

/** People and keys, service keys and strangers' networks have limits of their own, each asker with a counter of its own. */
function limitOf(most: Platform["config"]["apiLimits"], viewer: Viewer | null, address: string): RateLimit {
  const spanSeconds = MINUTE_SECONDS;
  if (viewer === null) return { owner: networkOf(address), name: "api.address", most: most.address, spanSeconds };
  const owner = viewer.organizationId ?? viewer.id;
  return viewer.kind === "serviceKey"
    ? { owner, name: "api.service", part: viewer.id, most: most.service, spanSeconds }
    : { owner, name: "api.key", part: viewer.id, most: most.key, spanSeconds };
}
