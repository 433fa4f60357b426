import { sqlIn } from "../platform/database/sql.ts";
import {
  badCursor,
  type Connection,
  decodeCursor,
  encodeCursor,
  pageOf,
  pageSize,
} from "../platform/graphql/connection.ts";
import { badInput } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { type InvoiceFilter, type InvoicePosition, readInvoices } from "./read-invoices.ts";
import type { StoredInvoice } from "./stored-invoice.ts";

export type ListInvoices = InvoiceFilter & { readonly first?: number | null; readonly after?: string | null };

/** A page of invoices, newest first. @throws EdgeFault BAD_USER_INPUT */
export async function listInvoices(scope: Scope, input: ListInvoices): Promise<Connection<StoredInvoice>> {
  const size = pageSize(input.first);
  const search = input.search?.trim() ?? "";
  if (search.length > 200) throw badInput("search may have 200 characters.");
  const rows = await readInvoices(sqlIn(scope.em), { ...input, search }, size + 1, positionFrom(input.after));
  return pageOf(rows, size, input.after, ({ createdAt, id }) => encodeCursor([createdAt.toISOString(), id]));
}

function positionFrom(cursor: string | null | undefined): InvoicePosition | null {
  const [at = "", id = ""] = decodeCursor(cursor, 2) ?? [];
  if (at === "" && id === "") return null;
  const createdAt = new Date(at);
  if (Number.isNaN(createdAt.getTime()) || !isUuid(id)) throw badCursor();
  return { createdAt, id };
}
