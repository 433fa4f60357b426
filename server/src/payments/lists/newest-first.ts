import type { Sql } from "../../platform/database/sql.ts";
import {
  badCursor,
  type Connection,
  decodeCursor,
  encodeCursor,
  pageOf,
  pageSize,
} from "../../platform/graphql/connection.ts";

/** Which page of a list. */
export type Page = { readonly first?: number | null; readonly after?: string | null };

/** A condition on one value. It holds back nothing while the value is null. */
export type Filter = readonly [condition: (parameter: string) => string, value: unknown];

export type ListQuery = {
  /** `select ... from ...`, without conditions. */
  readonly select: string;
  /** The instant that the list is sorted by, and the text that breaks ties: SQL expressions. */
  readonly at: string;
  readonly id: string;
  readonly filters: readonly Filter[];
};

type Keyed = { readonly key_at: string; readonly key_id: string };

/** The instant with all its digits: the database's are finer than those of a `Date`. */
const keyOf = (at: string): string => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** A page of rows, newest first, in one statement. @throws EdgeFault BAD_USER_INPUT */
export async function newestFirst<Row extends object>(
  sql: Sql,
  { first, after }: Page,
  { select, at, id, filters }: ListQuery,
): Promise<Connection<Row>> {
  const size = pageSize(first);
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = filters.flatMap(([condition, value]) =>
    value === null || value === undefined ? [] : [condition(parameter(value))],
  );
  const key = decodeCursor(after, 2);
  if (key) {
    const [keyAt = "", keyId = ""] = key;
    if (!INSTANT.test(keyAt)) throw badCursor();
    conditions.push(`(${at}, ${id}::text) < (${parameter(keyAt)}::timestamptz, ${parameter(keyId)}::text)`);
  }
  const rows = await sql<Row & Keyed>(
    `select l.*, ${keyOf("l.key_instant")} as key_at from (
       ${select.replace(/^\s*select/i, `select ${at} as key_instant, ${id}::text as key_id,`)}
       where ${["true", ...conditions].join(" and ")}
       order by ${at} desc, ${id}::text desc limit ${parameter(size + 1)}) l
     order by l.key_instant desc, l.key_id desc`,
    values,
  );
  return pageOf(rows, size, after, ({ key_at, key_id }) => encodeCursor([key_at, key_id]));
}

/** The same page with its rows as something else. */
export const mapPage = <A, B>({ nodes, pageInfo }: Connection<A>, map: (node: A) => B): Connection<B> => ({
  nodes: nodes.map(map),
  pageInfo,
});
