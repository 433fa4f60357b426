import type { Database } from "./database.ts";

/** What is left to do with a piece of work once its transaction has been committed. */
type Settle = () => void;

/**
 * Lets requests that come in at the same moment share one transaction, and so one sync of the disk, which is most of
 * what a request costs. Each takes back only its own changes when it fails, and none is answered before the commit.
 */
export class GroupCommit {
  readonly #database: Database;
  #waiting: { readonly run: () => Settle; readonly fail: (error: unknown) => void }[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  /** Does `work` in the next transaction; rejects with what it throws, or when nothing could be committed. */
  run<T>(work: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const run = (): Settle => {
      try {
        const result = this.#database.transaction(work);
        return () => resolve(result);
      } catch (error) {
        return () => reject(asError(error));
      }
    };
    this.#waiting.push({ run, fail: (error) => reject(asError(error)) });
    if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    return promise;
  }

  #commit(): void {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      const settling = this.#database.transaction(() => group.map(({ run }) => run()));
      for (const settle of settling) settle();
    } catch (error) {
      for (const { fail } of group) fail(error);
    }
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
