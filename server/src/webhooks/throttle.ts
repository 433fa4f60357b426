import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { SECOND_MS } from "../kernel/clock.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";

/** What people send by hand: enough for them, too little to bother a stranger's server with. */
const byHand = new RateLimiterMemory({ points: 30, duration: 60 });

/** @throws EdgeFault RATE_LIMITED with `retryAfterSeconds` */
export async function countSending(organizationId: string): Promise<void> {
  try {
    await byHand.consume(organizationId);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / SECOND_MS));
    throw new EdgeFault("RATE_LIMITED", `Too many at once. Try again in ${retryAfterSeconds} seconds.`, {
      retryAfterSeconds,
    });
  }
}
