import type { SqlEntityManager } from "@mikro-orm/postgresql";
import type { Pool, PoolClient } from "pg";
import { isUuid } from "../id.ts";
import { inOnePacket } from "./one-packet.ts";
import { STAFF_ROLE, TENANT_ROLE } from "./policies.ts";
import { preparedOn } from "./prepared.ts";
import { sendThrough, type Sql } from "./sql.ts";

const OVER = "the reads of this query are over";

/**
 * The reads of one query: one transaction, on one connection of the pool of reads, with the sight
 * of the query's session.
 *
 * It begins with the first statement, in the same flight, and statements that are asked for side by
 * side travel together. Each is prepared once on a connection: planning one anew costs more than
 * running it. Nothing can be written.
 */
export class Reading {
  readonly #pool: Pool;
  readonly #role: string;
  readonly #begin: string;
  #client: Promise<PoolClient> | null = null;
  #underway = 0;
  #ended = false;

  /** @throws RangeError when the session is none that reads may have */
  constructor(pool: Pool, { role, organizationId }: { readonly role: string; readonly organizationId: string }) {
    // SET LOCAL takes no parameters, so only names that we know and a strict UUID may stand in it.
    if (role !== TENANT_ROLE && role !== STAFF_ROLE) throw new RangeError(`reads are not for the role ${role}`);
    if (organizationId !== "" && !isUuid(organizationId))
      throw new RangeError("an organization's id is a UUID in lower case");
    this.#pool = pool;
    this.#role = role;
    // Each statement sees what is committed when it starts: a subscription that is found overdue is rolled over beside
    // this transaction, and read again.
    this.#begin = `BEGIN READ ONLY; SET LOCAL ROLE ${role}; SET LOCAL app.organization_id = '${organizationId}'`;
  }

  readonly sql: Sql = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> => {
    if (this.#ended) throw new Error(OVER);
    this.#client ??= this.#start();
    const client = await this.#client;
    // Looked at again: nothing may follow the end, behind which the connection is another query's.
    if (this.#ended) throw new Error(OVER);
    this.#underway += 1;
    try {
      return await preparedOn(client, this.#role)<Row>(text, values);
    } finally {
      this.#underway -= 1;
    }
  };

  async #start(): Promise<PoolClient> {
    const client = await this.#pool.connect();
    inOnePacket(client);
    // Not awaited: it rides in front of the first statement, which fails when it does.
    client.query(this.#begin).catch(() => undefined);
    return client;
  }

  /**
   * Gives the connection back. No one needs to wait for it, the next query that reads included: what
   * it sends travels behind the end of this one. A connection with statements still under way, as
   * after a fault, is given back when they are done.
   */
  async end(): Promise<void> {
    this.#ended = true;
    const client = await this.#client?.catch(() => null);
    if (!client) return;
    inOnePacket(client);
    // It fails with the connection alone, which the pool then replaces.
    const ended = client.query("ROLLBACK").catch(() => undefined);
    if (this.#underway > 0) await ended;
    client.release();
  }
}

const readings = new WeakMap<SqlEntityManager, Reading>();

/** From now on, statements in this entity manager's session are reads of one query. */
export function beginReading(pool: Pool, em: SqlEntityManager): void {
  const { role = "", variables } = em.getSessionContext() ?? {};
  const reading = new Reading(pool, { role, organizationId: String(variables?.["app.organization_id"] ?? "") });
  readings.set(em, reading);
  sendThrough(em, reading.sql);
}

export const readingOf = (em: SqlEntityManager): Reading | undefined => readings.get(em);
