import { recordAudit } from "../audit/record-audit.ts";
import { tenantOf, type Scope } from "../platform/scope.ts";
import { readOrganizationName } from "./create-organization.ts";
import { Organization } from "./organization.entity.ts";

/** Gives the scope's organization another name. Invoices that were issued keep the old one. */
export async function renameOrganization(scope: Scope, input: { readonly name: string }): Promise<Organization> {
  const name = readOrganizationName(input.name);
  return scope.em.transactional(async (em) => {
    const organization = await em.findOneOrFail(Organization, { id: tenantOf(scope) });
    const before = organization.name;
    organization.name = name;
    await recordAudit(em, scope, { action: "organization.renamed", target: name, detail: { before, after: name } });
    return organization;
  });
}
