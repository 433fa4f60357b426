import pg from "pg";
import { instantFromText } from "./row.ts";

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

function pipelined(url: string, size: number, name: string, types?: pg.CustomTypesConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    pipeline: true,
    application_name: name,
    ...(types && { types }),
    // Waiting is bounded: a caller gets an error that says to try again rather than none at all.
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  // A connection lost while idle is replaced on the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}
