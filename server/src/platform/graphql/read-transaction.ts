import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import { beginReading, readingOf } from "../database/reading.ts";
import type { Context } from "./context.ts";
import { checkLimits, type OperationRequest } from "./limits.ts";

/**
 * Refuses what asks for too much, then puts one transaction around the reads of a query, so that
 * the tenant is set once and they travel together. Mutations open their own, one for each use case.
 *
 * @throws EdgeFault BAD_USER_INPUT
 */
export function beginReads(context: Context, request: OperationRequest): void {
  checkLimits(request);
  if (request.operation?.operation === OperationTypeNode.QUERY) beginReading(context.platform.readPool, context.em);
}

/** Nothing was written, so the answer need not wait for the end. */
export const endReads = ({ em }: Context): void => void readingOf(em)?.end();

export const readTransactionPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async (request) => beginReads(request.contextValue, request),
    willSendResponse: async ({ contextValue }) => endReads(contextValue),
  }),
};
