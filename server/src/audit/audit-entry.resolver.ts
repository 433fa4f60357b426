import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../platform/graphql/context.ts";
import { readId } from "../platform/graphql/text.ts";
import { AuditEntryConnectionType, AuditEntryType } from "./audit-entry.type.ts";
import { listAuditEntries } from "./list-audit-entries.ts";

@Resolver(() => AuditEntryType)
export class AuditEntryResolver {
  @Query(() => AuditEntryConnectionType, { description: "Staff: the audit log over all organizations, newest first." })
  auditLog(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("organizationId", () => ID, { nullable: true }) organizationId: string | null,
    @Ctx() context: Context,
  ) {
    const id = organizationId == null ? null : readId(organizationId, "The organization");
    return listAuditEntries(context, id, { first, after });
  }
}
