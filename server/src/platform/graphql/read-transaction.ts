import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { Context } from "./context.ts";

/**
 * One transaction around all reads of a query, so that its figures fit together and the tenant is
 * set once. Mutations open their own, one for each use case.
 */
export const readTransactionPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => {
    let reading: Context["em"] | null = null;
    return {
      executionDidStart: async ({ contextValue, operation }) => {
        if (operation.operation !== OperationTypeNode.QUERY) return;
        reading = contextValue.em;
        await reading.begin();
      },
      willSendResponse: async () => {
        // Nothing was written, so nothing is lost; a service key may have moved on to a tenant's entity manager.
        if (reading?.isInTransaction()) await reading.rollback();
      },
    };
  },
};
