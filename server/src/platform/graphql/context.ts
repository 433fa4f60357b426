import type { FastifyReply } from "fastify";
import { inTenant, type Scope } from "../scope.ts";
import { badInput } from "./errors.ts";

/** What every resolver is given: the scope of the request, and the answer's headers and cookies. */
export type Context = Scope & { readonly reply: FastifyReply };

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
 * @throws EdgeFault BAD_USER_INPUT when the operation has named another one already: its fields run
 *   side by side, and each must know whose data it reads
 */
export function enterTenant(context: Context, organizationId: string): void {
  if (context.organizationId === organizationId) return;
  if (context.organizationId !== null)
    throw badInput("An operation of a service key names one organization. Ask for others in operations of their own.");
  Object.assign(context, inTenant(context, organizationId));
}
