import fastifyStatic from "@fastify/static";
import { getDistDirectory, renderAltair } from "altair-static";
import type { FastifyInstance } from "fastify";

/** `GET /graphql` in a browser: an explorer whose files are all served from here, so it works without the internet. */
export async function serveExplorer(server: FastifyInstance): Promise<void> {
  const page = renderAltair({
    baseURL: "/graphql-explorer/",
    endpointURL: "/graphql",
    initialHeaders: { "apollo-require-preflight": "true" },
    initialQuery: "{\n  plans {\n    code\n    name\n    monthlyPrice { amount currency }\n  }\n}\n",
  });
  server.get("/graphql", (_request, reply) =>
    reply
      .type("text/html")
      .header(
        "content-security-policy",
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'none'",
      )
      .send(page),
  );
  await server.register(fastifyStatic, {
    root: getDistDirectory(),
    prefix: "/graphql-explorer/",
    decorateReply: false,
  });
}
