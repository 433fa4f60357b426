import type { FilterQuery } from "@mikro-orm/postgresql";
import {
  badCursor,
  type Connection,
  decodeCursor,
  encodeCursor,
  pageOf,
  pageSize,
} from "../platform/graphql/connection.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { AuditEntry } from "./audit-entry.entity.ts";

export type AuditPage = { readonly first?: number | null | undefined; readonly after?: string | null | undefined };

/**
 * A page of the audit log, newest first, as far as the scope may see it.
 *
 * @param organizationId null: of all organizations and of the platform itself
 */
export async function listAuditEntries(
  { em }: Scope,
  organizationId: string | null,
  { first, after }: AuditPage,
): Promise<Connection<AuditEntry>> {
  const size = pageSize(first);
  const key = decodeCursor(after, 2);
  const where: FilterQuery<AuditEntry> = {
    ...(organizationId !== null && { organizationId }),
    ...(key !== null && earlierThan(key)),
  };
  const entries = await em.find(AuditEntry, where, { orderBy: [{ at: "desc" }, { id: "desc" }], limit: size + 1 });
  return pageOf(entries, size, after, ({ at, id }) => encodeCursor([at.toISOString(), id]));
}

function earlierThan([at = "", id = ""]: readonly string[]) {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime()) || !isUuid(id)) throw badCursor();
  return { $or: [{ at: { $lt: instant } }, { at: instant, id: { $lt: id } }] };
}
