import type { FastifyInstance } from "fastify";
import pg from "pg";
import { STAFF_ROLE } from "../database/policies.ts";
import { surviveLosses } from "../database/pool.ts";

const READY_WITHIN_MS = 2_000;
/** Shorter than the whole, so that the answer can say that it is a lock. */
const LOCKED_FOR_MS = 1_000;

/** What readiness looks at. */
type Needs = {
  readonly databaseUrl: string;
  /** Tables without which nothing can be done: while they cannot be written, the server is not ready. */
  readonly tables: readonly string[];
  /** What is done otherwise than it should, but is done; null while all is well. */
  readonly degraded: () => string | null;
};

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work, or what is missing;
 * what it does otherwise than it should, but does, is told as `degraded`.
 *
 * Ready means that PostgreSQL would take a row for each of the needed tables within two seconds, on
 * a connection that is kept for this: callers who wait for each other under load, or for one
 * organization's lock, are no reason to take the whole server out of service; a lock on a whole
 * table is. However many ask, one statement is under way.
 */
export function serveHealth(server: FastifyInstance, needs: Needs, isStopping: () => boolean): void {
  const pool = surviveLosses(
    new pg.Pool({
      connectionString: needs.databaseUrl,
      max: 1,
      application_name: "qlp-health",
      connectionTimeoutMillis: READY_WITHIN_MS,
      lock_timeout: LOCKED_FOR_MS,
      query_timeout: READY_WITHIN_MS,
    }),
  );
  server.addHook("onClose", () => pool.end());

  let underWay: Promise<string[]> | null = null;
  const missing = (): Promise<string[]> =>
    (underWay ??= missingOf(pool, needs.tables).finally(() => {
      underWay = null;
    }));

  server.get("/health/live", () => ({ status: "live" }));
  server.get("/health/ready", async (_request, reply) => {
    const parts = isStopping() ? ["the server is stopping"] : await missing();
    if (parts.length > 0) return reply.code(503).send({ status: "not ready", missing: parts });
    const degraded = needs.degraded();
    return degraded === null ? { status: "ready" } : { status: "ready", degraded: [degraded] };
  });
}

/** A connection on which this fails is given up by the pool, so an open transaction goes with it. */
async function missingOf(pool: pg.Pool, tables: readonly string[]): Promise<string[]> {
  try {
    // The lock that every writer takes; it stops nobody, and whoever stops writers stops it.
    await pool.query(
      `BEGIN; SET LOCAL ROLE ${STAFF_ROLE}; LOCK TABLE ${tables.join(", ")} IN ROW EXCLUSIVE MODE; COMMIT`,
    );
    return [];
  } catch (error) {
    return [`database: ${error instanceof Error ? error.message : "no answer"}`];
  }
}
