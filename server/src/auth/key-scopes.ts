import type { Permission } from "../kernel/permission.ts";
import { UnknownScope } from "./api-key.refusals.ts";

/** What a key of an organization may be allowed. Keys never manage keys or the organization. */
export const organizationScopes = [
  "usage:read",
  "usage:write",
  "billing:read",
  "billing:write",
  "members:write",
  "tickets:write",
  "audit:read",
] as const satisfies readonly Permission[];

/** What a key of QLP's own services may be allowed. */
export const serviceScopes = ["usage:read", "usage:write"] as const satisfies readonly KeyScope[];

export type KeyScope = (typeof organizationScopes)[number];

/**
 * The scopes that are asked for, each once, in the order of `allowed`.
 *
 * @throws UnknownScope when one is not allowed, or none is asked for
 */
export function readScopes(asked: readonly string[], allowed: readonly KeyScope[]): KeyScope[] {
  const unknown = asked.filter((scope) => !(allowed as readonly string[]).includes(scope));
  if (unknown.length > 0 || asked.length === 0) throw new UnknownScope(unknown, allowed);
  return allowed.filter((scope) => asked.includes(scope));
}

/** What a key with these scopes may do: whoever manages members sees them too. */
export const permissionsOfScopes = (scopes: readonly KeyScope[]): ReadonlySet<Permission> =>
  new Set<Permission>(scopes.includes("members:write") ? [...scopes, "members:read"] : scopes);
