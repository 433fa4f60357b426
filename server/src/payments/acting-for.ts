import { EdgeFault, badInput, notFound } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import { inTenant, type Scope } from "../platform/scope.ts";

/**
 * The scope of the organization whose money is acted on: the viewer's own, or the one that staff name.
 *
 * @throws EdgeFault NOT_FOUND for another's, BAD_USER_INPUT for staff who name none
 */
export function actingFor(scope: Scope, named: string | null | undefined): Scope {
  const { viewer, organizationId: own } = scope;
  if (own !== null) {
    if (named !== null && named !== undefined && named !== own) throw notFound("The organization");
    return scope;
  }
  if (!viewer?.permissions.has("staff:money"))
    throw new EdgeFault("FORBIDDEN", "This is for the organization's own people.");
  if (named === null || named === undefined) throw badInput("Name the organization in organizationId.");
  if (!isUuid(named)) throw notFound("The organization");
  return inTenant(scope, named);
}
