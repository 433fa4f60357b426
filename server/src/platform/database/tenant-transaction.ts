import type { PoolClient, Pool } from "pg";
import { isUuid } from "../id.ts";
import { inOnePacket } from "./one-packet.ts";
import { GROUP_ROLE, STAFF_ROLE, TENANT_ROLE } from "./policies.ts";
import { preparedOn } from "./prepared.ts";
import { type Sql, sqlOn } from "./sql.ts";

/**
 * Runs `work` in one transaction of one organization, on a connection of the hot pool.
 *
 * Begin and settings are sent together with the first statement of `work`; commit is awaited, so
 * what was answered is durable.
 */
export function inTenantTransaction<T>(pool: Pool, organizationId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  // SET LOCAL takes no parameters, so only a strict UUID may stand in it.
  if (!isUuid(organizationId)) throw new RangeError("an organization's id is a UUID in lower case");
  return transaction(
    pool,
    `BEGIN; SET LOCAL ROLE ${TENANT_ROLE}; SET LOCAL app.organization_id = '${organizationId}'`,
    work,
  );
}

/**
 * Runs `work` in one transaction of several organizations, whose callers are answered together. It
 * sees their rows and no others.
 *
 * @throws RangeError when one of the ids is no UUID
 */
export function inGroupTransaction<T>(
  pool: Pool,
  organizationIds: readonly string[],
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  if (!organizationIds.every(isUuid)) throw new RangeError("an organization's id is a UUID in lower case");
  return transaction(
    pool,
    `BEGIN; SET LOCAL ROLE ${GROUP_ROLE}; SET LOCAL app.organization_ids = '{${organizationIds.join(",")}}'`,
    work,
    (client) => preparedOn(client, GROUP_ROLE),
  );
}

/** Runs `work` in one transaction with the platform's sight. */
export const inPlatformTransaction = <T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> =>
  transaction(pool, `BEGIN; SET LOCAL ROLE ${STAFF_ROLE}`, work);

async function transaction<T>(
  pool: Pool,
  begin: string,
  work: (sql: Sql) => Promise<T>,
  statementsOn: (client: PoolClient) => Sql = sqlOn,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // Not awaited alone: with pipelining it rides in front of the first statement.
    inOnePacket(client);
    const begun = client.query(begin);
    begun.catch(() => undefined);
    const result = await work(statementsOn(client));
    await begun;
    await client.query("COMMIT");
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** @returns the failure, when the connection is not worth keeping */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query("ROLLBACK");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
