import pg from "pg";
import { instantFromText } from "./row.ts";

/**
 * Waiting is bounded everywhere: a caller gets an error that says to try again rather than none at
 * all, and whoever is stuck gives the connection back to others.
 */
export const boundedWaiting = {
  connectionTimeoutMillis: 10_000,
  // Work under a lock takes milliseconds; whoever holds one for longer is stuck.
  lock_timeout: 5_000,
  statement_timeout: 30_000,
  // A server that hangs does not end its statements itself.
  query_timeout: 35_000,
  idle_in_transaction_session_timeout: 60_000,
} as const;

/**
 * Connections of the hot paths. Pipelining lets a transaction's begin, settings and first queries
 * travel in one flight.
 */
export const createPool = (url: string, size: number): pg.Pool => pipelined(url, size, "qlp-hot");

/** Connections of queries. A pool of their own: a query that reads may have to wait for a hot path, never the other way round. */
export const createReadPool = (url: string, size: number): pg.Pool => pipelined(url, size, "qlp-read", readTypes());

/** Instants as they are read most quickly; days and spans as PostgreSQL's text, as the mapper has them. */
function readTypes(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  const { DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL } = pg.types.builtins;
  types.setTypeParser(TIMESTAMPTZ, instantFromText);
  for (const oid of [DATE, TIMESTAMP, INTERVAL]) types.setTypeParser(oid, (text) => text);
  return types;
}

const pipelined = (url: string, size: number, name: string, types?: pg.CustomTypesConfig): pg.Pool =>
  surviveLosses(
    new pg.Pool({
      connectionString: url,
      max: size,
      pipeline: true,
      application_name: name,
      ...(types && { types }),
      ...boundedWaiting,
    }),
  );

/**
 * Lets the process outlive the loss of a connection. It is replaced on the next use, and who uses it
 * just now is told by their statement; but without a listener it would end the process, and the
 * pool's own listens to idle connections only.
 */
export function surviveLosses(pool: pg.Pool): pg.Pool {
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
