import type { FastifyReply } from "fastify";
import type { Scope } from "../scope.ts";

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
