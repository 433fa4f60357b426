import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import { beginReading, readingOf } from "../database/reading.ts";
import type { Context } from "./context.ts";
import { checkLimits } from "./limits.ts";

/**
 * Refuses what asks for too much, then puts one transaction around the reads of a query, so that
 * the tenant is set once and they travel together. Mutations open their own, one for each use
 * case.
 */
export const readTransactionPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async (request) => {
      checkLimits(request);
      const { platform, em } = request.contextValue;
      if (request.operation?.operation === OperationTypeNode.QUERY) beginReading(platform.readPool, em);
    },
    willSendResponse: async ({ contextValue }) => {
      // Nothing was written, so the answer need not wait for the end.
      void readingOf(contextValue.em)?.end();
    },
  }),
};
