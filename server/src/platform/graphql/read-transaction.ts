import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { Context } from "./context.ts";

/**
 * One transaction around all reads of a query, so that its figures fit together and the tenant is
 * set once. Mutations open their own, one for each use case.
 */
export const readTransactionPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    executionDidStart: async ({ contextValue, operation }) => {
      if (operation.operation === OperationTypeNode.QUERY) await contextValue.em.begin();
    },
    // Nothing was written, so nothing is lost.
    willSendResponse: async ({ contextValue }) => {
      if (contextValue.em.isInTransaction()) await contextValue.em.rollback();
    },
  }),
};
