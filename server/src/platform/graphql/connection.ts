import { Field, ObjectType, type ClassType } from "type-graphql";
import { badInput, type EdgeFault } from "./errors.ts";

@ObjectType("PageInfo", { description: "Where a page of a list lies." })
export class PageInfoType {
  @Field(() => Boolean) readonly hasNextPage!: boolean;
  @Field(() => Boolean) readonly hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) readonly startCursor!: string | null;
  @Field(() => String, { nullable: true }) readonly endCursor!: string | null;
}

/** A page of a list. */
export type Connection<T> = { readonly nodes: readonly T[]; readonly pageInfo: PageInfoType };

/** Declares the connection type of `node` under `name`. */
export function connectionType<T extends object>(name: string, node: () => ClassType<T>) {
  @ObjectType(name, { description: "One page of a list, and where it lies." })
  class ConnectionType {
    @Field(() => [node()]) readonly nodes!: T[];
    @Field(() => PageInfoType) readonly pageInfo!: PageInfoType;
  }
  return ConnectionType;
}

export const DEFAULT_PAGE = 25;
export const MAX_PAGE = 100;

/** The size of the page that is asked for. @throws EdgeFault when it is not from 1 to 100 */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_PAGE;
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) throw badInput(`first must be from 1 to ${MAX_PAGE}.`);
  return size;
}

/** A cursor: the sort key of a row, opaque to callers. */
export const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/** @throws EdgeFault when it is no cursor of a list with `parts` sort keys */
export function decodeCursor(cursor: string | null | undefined, parts: number): readonly string[] | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === parts && key.every(isText)) return key;
  } catch {
    // Falls through to the one answer for every broken cursor.
  }
  throw badCursor();
}

/** A text that the database can hold: no NUL, no halves of characters. */
const isText = (part: unknown): part is string =>
  typeof part === "string" && !part.includes("\0") && part.isWellFormed();

/** What a cursor is answered that this list did not give. */
export const badCursor = (): EdgeFault =>
  badInput("after is not a cursor of this list. Pass an endCursor that this list gave.");

/**
 * Makes a page of rows that were read with one more than asked for.
 *
 * @param rows at most `size + 1`, in the order of the list
 */
export function pageOf<T>(
  rows: readonly T[],
  size: number,
  after: unknown,
  cursorOf: (row: T) => string,
): Connection<T> {
  const nodes = rows.slice(0, size);
  const first = nodes[0];
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: first === undefined ? null : cursorOf(first),
      endCursor: last === undefined ? null : cursorOf(last),
    },
  };
}
