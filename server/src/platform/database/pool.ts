import pg from "pg";

/**
 * Connections of the hot paths. Pipelining lets a transaction's begin, settings and first queries
 * travel in one flight.
 */
export const createPool = (url: string, size: number): pg.Pool => pipelined(url, size, "qlp-hot");

/** Connections of queries. A pool of their own: a query that reads may have to wait for a hot path, never the other way round. */
export const createReadPool = (url: string, size: number): pg.Pool => pipelined(url, size, "qlp-read");

function pipelined(url: string, size: number, name: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    pipeline: true,
    application_name: name,
    // Waiting is bounded: a caller gets an error that says to try again rather than none at all.
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  // A connection lost while idle is replaced on the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}
