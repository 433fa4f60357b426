import { mustBeAllowed } from "../platform/rate-limits/must-be-allowed.ts";
import type { Platform } from "../platform/scope.ts";

/** What people send by hand: enough for them, too little to bother a stranger's server with. */
const byHand = { name: "webhooks.byHand", most: 30, spanSeconds: 60 };

/** @throws EdgeFault RATE_LIMITED with `retryAfterSeconds` */
export async function countSending({ rateLimits }: Platform, organizationId: string): Promise<void> {
  mustBeAllowed(await rateLimits.take({ ...byHand, owner: organizationId }), "Too many at once.");
}
