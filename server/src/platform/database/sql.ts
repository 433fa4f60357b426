import type { SqlEntityManager } from "@mikro-orm/postgresql";
import type { ClientBase } from "pg";

/**
 * Runs one statement with `$1`-style parameters and answers its rows. The same set-based statements
 * serve the hot paths, on a pooled connection, and use cases, inside an entity manager's transaction.
 */
export type Sql = <Row extends object = Record<string, unknown>>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

/** Statements on a connection of the pool. */
export const sqlOn =
  (client: ClientBase): Sql =>
  async <Row extends object>(text: string, values: readonly unknown[] = []) => {
    const { rows } = await client.query<Row>(text, [...values]);
    return rows;
  };

const ways = new WeakMap<SqlEntityManager, Sql>();

/** From now on, statements in this entity manager's session go that way. */
export const sendThrough = (em: SqlEntityManager, sql: Sql): void => void ways.set(em, sql);

/** Statements in the entity manager's session: of the query that reads, or in its transaction. */
export const sqlIn = (em: SqlEntityManager): Sql => ways.get(em) ?? sqlOf(em);

const sqlOf =
  (em: SqlEntityManager): Sql =>
  async <Row extends object>(text: string, values: readonly unknown[] = []) => {
    const ordered: unknown[] = [];
    const marked = text.replaceAll(/\$(\d+)/g, (_, index: string) => {
      ordered.push(values[Number(index) - 1]);
      return "?";
    });
    return em.execute<Row[]>(marked, ordered);
  };
