import { badInput, EdgeFault, notFound } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";

/** Whose usage a call is about. @throws EdgeFault when a key names no organization, or another than its own */
export function namedOrganization(
  { viewer, organizationId: own }: Pick<Scope, "viewer" | "organizationId">,
  named: string | null,
): string {
  if (viewer?.kind === "serviceKey") {
    if (named === null) throw badInput("A service key acts for many organizations: name one in organizationId.");
    if (!isUuid(named)) throw notFound("The organization");
    return named;
  }
  if (own === null) throw new EdgeFault("FORBIDDEN", "Usage is recorded with an organization's key or a service key.");
  if (named !== null && named !== own) throw notFound("The organization");
  return own;
}
