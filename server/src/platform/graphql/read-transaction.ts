import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { Context } from "./context.ts";
import { checkLimits } from "./limits.ts";

/**
 * Refuses what asks for too much, then puts one transaction around all reads of a query, so that
 * its figures fit together and the tenant is set once. Mutations open their own, one for each use
 * case.
 */
export const readTransactionPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => {
    let begun: Promise<void> | null = null;
    return {
      didResolveOperation: async (request) => {
        checkLimits(request);
        if (request.operation?.operation !== OperationTypeNode.QUERY) return;
        begun = request.contextValue.em.begin();
        await begun;
      },
      willSendResponse: async ({ contextValue }) => {
        // A begin that failed has told so already; one that is on its way must not outlive the request.
        await begun?.catch(() => undefined);
        // Nothing was written, so nothing is lost.
        if (contextValue.em.isInTransaction()) await contextValue.em.rollback();
      },
    };
  },
};
