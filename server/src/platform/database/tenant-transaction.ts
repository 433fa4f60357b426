import type { PoolClient, Pool } from "pg";
import { busy } from "../graphql/errors.ts";
import { isUuid } from "../id.ts";
import { inOnePacket } from "./one-packet.ts";
import { GROUP_ROLE, STAFF_ROLE, TENANT_ROLE } from "./policies.ts";
import { preparedOn } from "./prepared.ts";
import { type Sql, sqlOn } from "./sql.ts";
import { Turnstile } from "./turnstile.ts";

/** Connections of one organization at once: one works under its lock while another waits for it. */
const MOST_OF_ONE = 2;
/** Its other callers wait this long. */
const PATIENCE_MS = 10_000;

const turnstiles = new WeakMap<Pool, Turnstile>();

function turnstileOf(pool: Pool): Turnstile {
  const known = turnstiles.get(pool);
  if (known) return known;
  const made = new Turnstile({ most: MOST_OF_ONE, patienceMs: PATIENCE_MS, tooLate: busy });
  turnstiles.set(pool, made);
  return made;
}

/** Takes the writes that end some work, with which the work is over once this is. */
export type Last = (writes: Promise<unknown>) => unknown;

/** Waits for them, as work does that others follow in its transaction. */
export const waitForLast: Last = (writes) => writes;

/**
 * What a transaction does. Writes that are handed to `last` are not waited for: they travel with the
 * commit, and when one fails nothing is committed.
 */
type Work<T> = (sql: Sql, last: Last) => Promise<T>;

/**
 * Runs `work` in one transaction of one organization, on a connection of the hot pool.
 *
 * Begin and settings are sent together with the first statement of `work`; commit is awaited, so
 * what was answered is durable.
 *
 * All that changes an organization waits for the same lock, so its callers get a few connections
 * and no more: one whose lock is stuck leaves the others to everybody else. `work` must not open
 * another: it would wait for the places that such as itself hold.
 *
 * @throws EdgeFault UPSTREAM_UNAVAILABLE for who found no place in time; RangeError when the id is no UUID
 */
export function inTenantTransaction<T>(pool: Pool, organizationId: string, work: Work<T>): Promise<T> {
  // SET LOCAL takes no parameters, so only a strict UUID may stand in it.
  if (!isUuid(organizationId)) throw new RangeError("an organization's id is a UUID in lower case");
  const begin = `BEGIN; SET LOCAL ROLE ${TENANT_ROLE}; SET LOCAL app.organization_id = '${organizationId}'`;
  return turnstileOf(pool).pass(organizationId, () => transaction(pool, begin, work));
}

/**
 * Runs `work` in one transaction of several organizations, whose callers are answered together. It
 * sees their rows and no others.
 *
 * @throws RangeError when one of the ids is no UUID
 */
export function inGroupTransaction<T>(pool: Pool, organizationIds: readonly string[], work: Work<T>): Promise<T> {
  if (!organizationIds.every(isUuid)) throw new RangeError("an organization's id is a UUID in lower case");
  return transaction(
    pool,
    `BEGIN; SET LOCAL ROLE ${GROUP_ROLE}; SET LOCAL app.organization_ids = '{${organizationIds.join(",")}}'`,
    work,
    (client) => preparedOn(client, GROUP_ROLE),
  );
}

/** Runs `work` in one transaction with the platform's sight. */
export const inPlatformTransaction = <T>(pool: Pool, work: Work<T>): Promise<T> =>
  transaction(pool, `BEGIN; SET LOCAL ROLE ${STAFF_ROLE}`, work);

async function transaction<T>(
  pool: Pool,
  begin: string,
  work: Work<T>,
  statementsOn: (client: PoolClient) => Sql = sqlOn,
): Promise<T> {
  const client = await pool.connect();
  const statements = new Statements(statementsOn(client));
  let broken: Error | undefined;
  try {
    // Not awaited alone: with pipelining it rides in front of the first statement.
    inOnePacket(client);
    const begun = client.query(begin);
    begun.catch(() => undefined);
    const last: Promise<unknown>[] = [];
    const result = await work(statements.run, (writes) => {
      last.push(writes);
      // Work that fails after it handed them over is told by its own fault.
      writes.catch(() => undefined);
    });
    inOnePacket(client);
    await Promise.all([...last, begun, client.query("COMMIT")]);
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw statements.causeOf(error);
  } finally {
    client.release(broken);
  }
}

/** What PostgreSQL says to each statement after the one that failed. */
const IN_FAILED_TRANSACTION = "25P02";

/** Statements of one transaction, several of which may be under way. */
class Statements {
  readonly run: Sql;
  #failed: { readonly error: unknown } | null = null;

  constructor(sql: Sql) {
    this.run = (text, values) =>
      sql<never>(text, values).catch((error: unknown) => {
        if (!isAftermath(error)) this.#failed = { error };
        throw error;
      });
  }

  /** Of statements that travel together, one that merely came after the failure may be heard first. */
  causeOf(error: unknown): unknown {
    return isAftermath(error) && this.#failed ? this.#failed.error : error;
  }
}

const isAftermath = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === IN_FAILED_TRANSACTION;

/** @returns the failure, when the connection is not worth keeping */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query("ROLLBACK");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
