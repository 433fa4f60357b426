import { Arg, createUnionType, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { type AuditEntry, NO_ORGANIZATION } from "../audit/audit-entry.entity.ts";
import { AuditEntryConnectionType, AuditEntryType } from "../audit/audit-entry.type.ts";
import { listAuditEntries } from "../audit/list-audit-entries.ts";
import { byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import type { Organization } from "./organization.entity.ts";
import { organizationLoader } from "./organization.loader.ts";
import { OrganizationType, RenameOrganizationInput } from "./organization.type.ts";
import { renameOrganization } from "./rename-organization.ts";

const RenameOrganizationResult = createUnionType({
  name: "RenameOrganizationResult",
  description: "The organization under its new name.",
  types: () => [OrganizationType] as const,
  resolveType: byName("Organization"),
});

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @FieldResolver(() => AuditEntryConnectionType, {
    description: "Who did what in the organization, newest first; looks by QLP's staff too.",
  })
  auditLog(
    @Root() organization: Organization,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    return listAuditEntries(context, organization.id, { first, after });
  }

  @Mutation(() => RenameOrganizationResult, {
    description: "Gives the viewer's organization another name. Owners only.",
  })
  renameOrganization(
    @Arg("input", () => RenameOrganizationInput) input: RenameOrganizationInput,
    @Ctx() context: Context,
  ) {
    return renameOrganization(context, input);
  }
}

@Resolver(() => AuditEntryType)
export class AuditedOrganizationResolver {
  @FieldResolver(() => OrganizationType, {
    nullable: true,
    description: "Whose data it was; null for the platform's own.",
  })
  organization(@Root() { organizationId }: AuditEntry, @Ctx() context: Context) {
    return organizationId === NO_ORGANIZATION ? null : organizationLoader(context).load(organizationId);
  }
}
