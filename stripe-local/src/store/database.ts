import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { schema, tables } from "./schema.ts";

/** Of the tables' shape. */
const VERSION = 1;
/** A process that was told to end may still be about it. */
const LOCK_PATIENCE_MS = 5_000;

export type Row = Record<string, SQLOutputValue>;

/** The stand-in's state: one SQLite file, one connection, one writer. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @param file a path, whose folder is made when missing, or ":memory:" */
  constructor(file: string) {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    this.#connection = new DatabaseSync(file);
    this.#take(file);
    this.#checkVersion(file);
    this.#connection.exec(schema);
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  /** One after the other. The statement is the caller's own: another walk over the same SQL may be under way. */
  walk(sql: string, ...values: SQLInputValue[]): IterableIterator<Row> {
    return this.#connection.prepare(sql).iterate(...values);
  }

  /**
   * Commits what `work` did, or nothing when it throws. Inside another transaction, that one decides about the commit;
   * a throw still takes back what `work` did, and nothing else.
   */
  transaction<T>(work: () => T): T {
    const isInside = this.isInTransaction;
    this.#connection.exec(isInside ? "savepoint inner" : "begin immediate");
    try {
      const result = work();
      this.#connection.exec(isInside ? "release inner" : "commit");
      return result;
    } catch (error) {
      this.#connection.exec(isInside ? "rollback to inner; release inner" : "rollback");
      throw error;
    }
  }

  get isInTransaction(): boolean {
    return this.#connection.isTransaction;
  }

  /** Runs statements that give no rows. */
  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  /** Forgets everything. */
  empty(): void {
    this.exec(tables.map((table) => `delete from ${table};`).join(" "));
  }

  close(): void {
    this.#connection.close();
  }

  /** @throws Error when another process has the file */
  #take(file: string): void {
    try {
      // One process has the file to itself: two would both do what falls due. The lock goes when the process goes.
      this.#connection.exec(`pragma busy_timeout = ${LOCK_PATIENCE_MS}; pragma locking_mode = exclusive;`);
      // With a full sync at each commit, what was answered is on the disk, whatever happens to the process afterwards.
      this.#connection.exec("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 8000;");
    } catch (error) {
      throw new Error(`${file} cannot be used, perhaps because another stripe-local has it.`, { cause: error });
    }
  }

  /** @throws Error for a file of another version, which says what to do */
  #checkVersion(file: string): void {
    const found = Number(this.row("pragma user_version")?.["user_version"]);
    if (found !== 0 && found !== VERSION) {
      throw new Error(
        `${file} was made by another version of stripe-local. Remove it, or run the version that made it.`,
      );
    }
    this.#connection.exec(`pragma user_version = ${VERSION}`);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
