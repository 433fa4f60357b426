import { EdgeFault } from "../graphql/errors.ts";
import type { Taken } from "./rate-limits.ts";

/**
 * @param what is too much, in a sentence: "Too many attempts."
 * @throws EdgeFault RATE_LIMITED with `retryAfterSeconds`, which its answer repeats as `Retry-After`
 */
export function mustBeAllowed({ retryAfterSeconds }: Taken, what: string): void {
  if (retryAfterSeconds === null) return;
  throw new EdgeFault("RATE_LIMITED", `${what} Try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
}
