import { AsyncLocalStorage } from "node:async_hooks";

/** The request that is being answered. For logs and error messages only: use cases take an explicit scope. */
const requests = new AsyncLocalStorage<string>();

export const withRequestId = <T>(id: string, work: () => T): T => requests.run(id, work);

export const currentRequestId = (): string => requests.getStore() ?? "unknown";
