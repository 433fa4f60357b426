import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { ApolloServer } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ExecutionResult, getOperationAST, OperationTypeNode } from "graphql";
import type { Context } from "../platform/graphql/context.ts";
import type { KnownOperation } from "../platform/graphql/known-texts.ts";
import { beginReads, endReads } from "../platform/graphql/read-transaction.ts";
import type { GraphqlServer } from "./graphql-server.ts";
import { observeAnswer } from "./observe-answer.ts";

type ContextOf = (request: FastifyRequest, reply: FastifyReply) => Promise<Context>;

/**
 * Serves `POST /graphql`.
 *
 * Apollo answers all that is new or wrong. A text that it found valid before, asked for in the
 * plainest form of HTTP, takes a short way when it comes again: who asks, what they may ask for and
 * what it costs are looked at as ever, and what is executed is the same; only the reading of words
 * that were read before is left out. Whatever then meets a fault is handed to Apollo with what was
 * found so far, so that faults are told in one place.
 */
export function serveGraphqlPosts(server: FastifyInstance, graphql: GraphqlServer, contextOf: ContextOf): void {
  const { apollo, known } = graphql;
  server.post("/graphql", async function answer(request, reply) {
    const asked = known.read(request.headers, request.body);
    if (!asked) return throughApollo(apollo, this, request, reply, () => contextOf(request, reply));
    const made = contextOf(request, reply);
    const context = await made.catch(() => null);
    if (!context) return throughApollo(apollo, this, request, reply, () => made);
    const result = await executeKnown(graphql, asked, context);
    if (!result) return throughApollo(apollo, this, request, reply, () => Promise.resolve(context));
    void reply.header("content-type", asked.contentType);
    return `${JSON.stringify(result)}\n`;
  });
}

/** @returns null for Apollo to answer: nothing has run then, or what came of it is kept for its executor */
async function executeKnown(
  { schema, execute, answers, log }: GraphqlServer,
  { document, operationName, variables, query }: KnownOperation,
  context: Context,
): Promise<ExecutionResult | null> {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  try {
    beginReads(context, { document, operation, schema, request: { query, variables } });
  } catch {
    return null;
  }
  const answer = execute({ schema, document, operation, operationName, variables, context });
  const result = await answer.catch(() => null);
  if (operation.operation === OperationTypeNode.QUERY) endReads(context);
  if (!result || result.errors || !result.data) {
    answers.set(context.reply, answer);
    return null;
  }
  observeAnswer(log, context, operation, "OK");
  return { data: result.data };
}

const throughApollo = async (
  apollo: ApolloServer<Context>,
  server: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  context: () => Promise<Context>,
): Promise<unknown> => fastifyApolloHandler(apollo, { context }).call(server, request, reply);
