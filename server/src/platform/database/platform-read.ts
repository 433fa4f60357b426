import type { Pool } from "pg";
import { inOnePacket } from "./one-packet.ts";
import { STAFF_ROLE } from "./policies.ts";

/** A statement under a name, so that each connection plans it once. */
export type NamedStatement = { readonly name: string; readonly text: string };

/**
 * Runs one read with the platform's sight on a connection of the hot pool.
 *
 * Begin, statement and commit leave together, so it costs one round trip: credentials are looked
 * up this way, in front of every request.
 */
export async function readAsPlatform<Row extends object>(
  pool: Pool,
  statement: NamedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const client = await pool.connect();
  inOnePacket(client);
  const flight = await Promise.allSettled([
    client.query(`BEGIN READ ONLY; SET LOCAL ROLE ${STAFF_ROLE}`),
    client.query<Row>({ ...statement, values: [...values] }),
    // After a failed statement this rolls back.
    client.query("COMMIT"),
  ]);
  const [, read, end] = flight;
  client.release(end.status === "rejected");
  const failed = flight.find((part) => part.status === "rejected");
  if (failed) throw failed.reason;
  if (read.status === "rejected") throw read.reason;
  return read.value.rows;
}
