import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloArmor } from "@escape.tech/graphql-armor";
import type { FastifyReply } from "fastify";
import type { ExecutionResult, GraphQLSchema } from "graphql";
import type { Config } from "../platform/config.ts";
import type { Context } from "../platform/graphql/context.ts";
import { createExecutor, type Executor } from "../platform/graphql/execute-operation.ts";
import { KnownTexts } from "../platform/graphql/known-texts.ts";
import { maskError, statusOf } from "../platform/graphql/errors.ts";
import { readTransactionPlugin } from "../platform/graphql/read-transaction.ts";
import type { Logger } from "../platform/log.ts";
import { currentRequestId } from "../platform/request-context.ts";
import { observeAnswer } from "./observe-answer.ts";

/** Apollo, and what the short way beside it shares with it. */
export type GraphqlServer = {
  readonly apollo: ApolloServer<Context>;
  readonly schema: GraphQLSchema;
  readonly execute: Executor;
  readonly known: KnownTexts;
  /** What came of operations that have run already, for Apollo to tell. */
  readonly answers: WeakMap<FastifyReply, Promise<ExecutionResult>>;
  readonly log: Logger;
};

/** The GraphQL server: limits before anything runs, one transaction around reads, masked errors. */
export function createGraphqlServer(schema: GraphQLSchema, config: Config, log: Logger): GraphqlServer {
  const parts = { schema, execute: createExecutor(), known: new KnownTexts(), answers: new WeakMap(), log };
  return { ...parts, apollo: createApollo(parts, config) };
}

function createApollo(parts: Omit<GraphqlServer, "apollo">, config: Config): ApolloServer<Context> {
  const { log } = parts;
  const armor = new ApolloArmor({
    maxDepth: { n: 12 },
    maxAliases: { n: 30 },
    maxDirectives: { n: 20 },
    // Counted by the parser itself: the armor's way would answer every bug with its inner message.
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: config.production },
  }).protect();

  return new ApolloServer<Context>({
    gateway: gatewayOf(parts),
    introspection: !config.production,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: { requestHeaders: ["apollo-require-preflight"] },
    cache: "bounded",
    persistedQueries: false,
    parseOptions: { maxTokens: 4_000 },
    stopOnTerminationSignals: false,
    validationRules: armor.validationRules,
    formatError: (formatted, error) => {
      const shown = maskError(formatted, error, currentRequestId(), log);
      return config.production ? { ...shown, message: withoutSuggestion(shown.message) } : shown;
    },
    plugins: [
      ...armor.plugins,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      readTransactionPlugin,
      observe(log),
    ] as ApolloServerPlugin<Context>[],
  });
}

/** Apollo lets a gateway alone bring an executor of its own; this one brings nothing else. */
function gatewayOf({
  schema,
  execute,
  known,
  answers,
}: Omit<GraphqlServer, "apollo">): ApolloServerOptionsWithGateway<Context>["gateway"] {
  return {
    load: async () => ({
      executor: ({ document, operation, request, context: given }) => {
        const context = given as Context;
        // What comes here was found valid.
        known.remember(request.query, document);
        const { operationName, variables = {} } = request;
        return (
          answers.get(context.reply) ?? execute({ schema, document, operation, operationName, variables, context })
        );
      },
    }),
    onSchemaLoadOrUpdate: (loaded) => {
      loaded({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}

/** The armor leaves out suggested fields and types; those of enums and inputs go here. */
const withoutSuggestion = (message: string): string => message.replace(/ Did you mean .*\?$/s, "");

const observe = (log: Logger): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ response, operation, contextValue }) => {
      const body = response.body.kind === "single" ? response.body.singleResult : null;
      const { code, retryAfterSeconds } = body?.errors?.[0]?.extensions ?? {};
      if (code === "RATE_LIMITED") response.http.headers.set("retry-after", String(retryAfterSeconds));
      // Nothing ran: the fault is all there is to answer.
      if (body?.errors && body.data === undefined) response.http.status = statusOf(code);
      const outcome = body?.errors ? (typeof code === "string" ? code : "ERROR") : "OK";
      observeAnswer(log, contextValue, operation, outcome);
    },
  }),
});
