import type { FastifyInstance } from "fastify";
import type { Platform } from "../scope.ts";

const READY_WITHIN_MS = 2_000;

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work, or what is missing; what
 * it does otherwise than it should, but does, is told as `degraded`.
 */
export function serveHealth(server: FastifyInstance, platform: Platform, isStopping: () => boolean): void {
  server.get("/health/live", () => ({ status: "live" }));
  server.get("/health/ready", async (_request, reply) => {
    const missing = isStopping() ? ["the server is stopping"] : await missingOf(platform.pool);
    if (missing.length > 0) return reply.code(503).send({ status: "not ready", missing });
    const { degraded } = platform.rateLimits;
    return degraded === null ? { status: "ready" } : { status: "ready", degraded: [degraded] };
  });
}

async function missingOf(pool: Platform["pool"]): Promise<string[]> {
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
