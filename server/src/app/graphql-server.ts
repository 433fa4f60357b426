import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloArmor } from "@escape.tech/graphql-armor";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../platform/config.ts";
import type { Context } from "../platform/graphql/context.ts";
import { createExecutor } from "../platform/graphql/execute-operation.ts";
import { maskError, statusOf } from "../platform/graphql/errors.ts";
import { readTransactionPlugin } from "../platform/graphql/read-transaction.ts";
import { requestSeconds } from "../platform/http/metrics.ts";
import type { Logger } from "../platform/log.ts";
import { currentRequestId } from "../platform/request-context.ts";

/** The GraphQL server: limits before anything runs, one transaction around reads, masked errors. */
export function createGraphqlServer(schema: GraphQLSchema, config: Config, log: Logger): ApolloServer<Context> {
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
    gateway: compilingGateway(schema),
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
function compilingGateway(schema: GraphQLSchema): ApolloServerOptionsWithGateway<Context>["gateway"] {
  const execute = createExecutor();
  return {
    load: async () => ({
      executor: ({ document, operation, request, context }) =>
        execute({ schema, document, operation, variables: request.variables ?? {}, context: context as Context }),
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

/** One log line and one measurement for each request. Operation names are the callers' words, so metrics keep to their kind. */
const observe = (log: Logger): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => {
    const startedAt = performance.now();
    return {
      willSendResponse: async ({ response, operation, operationName, contextValue }) => {
        const seconds = (performance.now() - startedAt) / 1_000;
        const body = response.body.kind === "single" ? response.body.singleResult : null;
        const code = body?.errors?.[0]?.extensions?.["code"];
        // Nothing ran: the fault is all there is to answer.
        if (body?.errors && body.data === undefined) response.http.status = statusOf(code);
        const outcome = body?.errors ? (typeof code === "string" ? code : "ERROR") : "OK";
        requestSeconds.observe({ operation: operation?.operation ?? "unknown", outcome }, seconds);
        log.info(
          {
            requestId: contextValue.origin.id,
            operation: operationName ?? null,
            viewer: contextValue.viewer?.id ?? null,
            outcome,
            ms: Math.round(seconds * 1_000),
          },
          "graphql",
        );
      },
    };
  },
});
