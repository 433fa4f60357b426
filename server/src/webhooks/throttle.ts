import { EdgeFault } from "../platform/graphql/errors.ts";
import type { Platform } from "../platform/scope.ts";

/** What people send by hand: enough for them, too little to bother a stranger's server with. */
const byHand = { name: "webhooks.byHand", most: 30, spanSeconds: 60 };

/** @throws EdgeFault RATE_LIMITED with `retryAfterSeconds` */
export async function countSending({ rateLimits }: Platform, organizationId: string): Promise<void> {
  const { retryAfterSeconds } = await rateLimits.take({ ...byHand, owner: organizationId });
  if (retryAfterSeconds === null) return;
  throw new EdgeFault("RATE_LIMITED", `Too many at once. Try again in ${retryAfterSeconds} seconds.`, {
    retryAfterSeconds,
  });
}
