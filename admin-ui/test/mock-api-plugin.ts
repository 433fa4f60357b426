import { readFileSync } from "node:fs";
import { buildSchema, graphql } from "graphql";
import type { Plugin } from "vite";
import { newWorld } from "./world";

/** Answers /graphql of the development server from the tests' world, to look at pages without an API. */
export function mockApi(): Plugin {
  const schema = buildSchema(readFileSync(`${import.meta.dirname}/../../schema.graphql`, "utf8"));
  const world = newWorld();
  return {
    name: "mock-api",
    configureServer(server) {
      server.middlewares.use("/graphql", (request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
          const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
            query: string;
            variables: object;
          };
          void graphql({ schema, source: query, rootValue: world.root, variableValues: { ...variables } }).then(
            (result) => {
              response.setHeader("content-type", "application/json");
              response.end(JSON.stringify(result));
            },
          );
        });
      });
    },
  };
}
