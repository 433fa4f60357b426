import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const builtApp = fileURLToPath(new URL("../../../admin-ui/dist", import.meta.url));

/** Serves the built app: hashed files for ever, and its page for every path that is the app's to route. */
export async function serveApp(server: FastifyInstance): Promise<void> {
  if (!existsSync(builtApp)) {
    server.setNotFoundHandler((_request, reply) =>
      reply.code(404).send({ message: "The app is not built. Run the start command." }),
    );
    return;
  }
  await server.register(fastifyStatic, {
    root: builtApp,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: cacheFor,
  });
  server.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (!wantsPage) return reply.code(404).send({ message: "There is nothing here." });
    return reply.header("cache-control", "no-cache").sendFile("index.html");
  });
}

function cacheFor(
  reply: { header(name: string, value: string): unknown } | { setHeader(name: string, value: string): unknown },
  path: string,
): void {
  const value = path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  if ("setHeader" in reply) reply.setHeader("cache-control", value);
  else reply.header("cache-control", value);
}
