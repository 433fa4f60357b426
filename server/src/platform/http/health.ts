import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";

const READY_WITHIN_MS = 2_000;

/** `/health/live`: the process answers. `/health/ready`: it can do its work, or what is missing. */
export function serveHealth(server: FastifyInstance, pool: Pool, isStopping: () => boolean): void {
  server.get("/health/live", () => ({ status: "live" }));
  server.get("/health/ready", async (_request, reply) => {
    const missing = isStopping() ? ["the server is stopping"] : await missingOf(pool);
    if (missing.length > 0) return reply.code(503).send({ status: "not ready", missing });
    return { status: "ready" };
  });
}

async function missingOf(pool: Pool): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), READY_WITHIN_MS);
  });
  try {
    await Promise.race([pool.query("select 1"), late]);
    return [];
  } catch (error) {
    return [`database: ${error instanceof Error ? error.message : "no answer"}`];
  } finally {
    clearTimeout(timer);
  }
}
