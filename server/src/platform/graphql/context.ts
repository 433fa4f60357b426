import type { FastifyReply } from "fastify";
import { beginReading, readingOf } from "../database/reading.ts";
import { inTenant, type Scope } from "../scope.ts";
import { badInput } from "./errors.ts";

/** What every resolver is given: the scope of the request, and the answer's headers and cookies. */
export type Context = Scope & {
  readonly reply: FastifyReply;
  /** When the request came, on the clock of `performance.now()`, in milliseconds. */
  readonly askedAt: number;
};

/** Makes a value once for each request and session, the first time it is asked for. */
export function perRequest<T extends object>(make: (scope: Scope) => T): (scope: Scope) => T {
  const made = new WeakMap<Scope["em"], T>();
  return (scope) => {
    const value = made.get(scope.em) ?? make(scope);
    made.set(scope.em, value);
    return value;
  };
}

/**
 * Puts the rest of an operation inside the tenant that a service key names.
 *
 * The transaction without a tenant, if it has begun, ends before the tenant's begins: a request that
 * held one connection and waited for another could starve its like.
 *
 * @throws EdgeFault BAD_USER_INPUT when the operation has named another one already: its fields run
 *   side by side, and each must know whose data it reads
 */
export async function enterTenant(context: Context, organizationId: string): Promise<void> {
  if (context.organizationId === organizationId) return;
  if (context.organizationId !== null)
    throw badInput("An operation of a service key names one organization. Ask for others in operations of their own.");
  const outside = context.em;
  Object.assign(context, inTenant(context, organizationId));
  const reading = readingOf(outside);
  if (!reading) return;
  await reading.end();
  beginReading(context.platform.readPool, context.em);
}
