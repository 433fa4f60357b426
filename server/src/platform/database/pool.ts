import pg from "pg";

/**
 * Connections of the hot paths. Pipelining lets a transaction's begin, settings and first queries
 * travel in one flight.
 */
export function createPool(url: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    pipeline: true,
    application_name: "qlp-hot",
  });
  // A connection lost while idle is replaced on the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}
