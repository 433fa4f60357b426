import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";

/** The closed list of codes in `errors[].extensions.code`. */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "UPSTREAM_UNAVAILABLE"
  | "INTERNAL";

/** A fault at the edge of the API, the same everywhere: its message is shown to the caller. */
export class EdgeFault extends GraphQLError {
  constructor(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    // What failed for a moment may be asked again as it was: keys and ids make sure that it is done once.
    super(message, {
      extensions: { ...extensions, code, ...(code === "UPSTREAM_UNAVAILABLE" && { retryable: true }) },
    });
  }
}

export const notFound = (what: string): EdgeFault => new EdgeFault("NOT_FOUND", `${what} was not found.`);
export const badInput = (message: string): EdgeFault => new EdgeFault("BAD_USER_INPUT", message);

/** The status of an answer that is a fault and nothing else. An operation that ran is answered with 200, whatever its fields met. */
const statuses: ReadonlyMap<unknown, number> = new Map<ErrorCode, number>([
  ["UNAUTHENTICATED", 401],
  ["FORBIDDEN", 403],
  ["NOT_FOUND", 404],
  ["BAD_USER_INPUT", 400],
  ["CONFLICT", 409],
  ["RATE_LIMITED", 429],
  ["UPSTREAM_UNAVAILABLE", 503],
  ["INTERNAL", 500],
]);

export const statusOf = (code: unknown): number => statuses.get(code) ?? 500;

/** A fault that ends a request before an operation runs, with its status for the answer. */
export function requestFault(error: unknown): unknown {
  if (error instanceof EdgeFault) {
    const { code } = error.extensions as { code: ErrorCode };
    return new EdgeFault(code, error.message, { ...error.extensions, http: { status: statusOf(code) } });
  }
  return isRetryable(error) ? new EdgeFault("UPSTREAM_UNAVAILABLE", BUSY, { http: { status: 503 } }) : error;
}

const BUSY = "The service is busy or restarting. Try again.";

/** Somebody had to wait for longer than is good. */
export const busy = (): EdgeFault => new EdgeFault("UPSTREAM_UNAVAILABLE", BUSY);

/** Codes that Apollo and the armor give to faults of the caller. */
const callerCodes = new Set<unknown>([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "OPERATION_RESOLUTION_FAILURE",
  "BAD_REQUEST",
]);

/** PostgreSQL's class of faults that a retry may cure: lost connections, shutdowns, too many clients, time-outs of statements and locks. */
const RETRYABLE_SQL_STATE = /^(08|57P|57014|53|55P03|40)/;

/** Of the connection, from the system. */
const RETRYABLE_SYSTEM_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"]);

/** What the driver says without a code. */
const RETRYABLE_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|Query read timeout/;

/**
 * Makes an error fit to be shown: known codes as they are, faults of the caller as BAD_USER_INPUT,
 * everything else logged and masked as INTERNAL with the request's id.
 */
export function maskError(
  formatted: GraphQLFormattedError,
  error: unknown,
  requestId: string,
  log: Logger,
): GraphQLFormattedError {
  const place = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  const code = formatted.extensions?.["code"];
  const original = unwrapResolverError(error);

  if (original instanceof EdgeFault || (statuses.has(code) && original instanceof GraphQLError)) {
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
    return { message: formatted.message, ...place, extensions: { ...extensions, requestId } };
  }
  if (callerCodes.has(code)) {
    return { message: formatted.message, ...place, extensions: { code: "BAD_USER_INPUT", requestId } };
  }
  if (isRetryable(original)) {
    log.warn({ requestId, err: original }, "the database did not answer");
    return {
      message: BUSY,
      ...place,
      extensions: { code: "UPSTREAM_UNAVAILABLE", retryable: true, requestId },
    };
  }
  log.error({ requestId, err: original }, "unexpected error");
  return {
    message: `Something went wrong on our side. Quote request ${requestId}.`,
    ...place,
    extensions: { code: "INTERNAL", requestId },
  };
}

/** True for faults of the connection or of the moment, not of what was asked. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause = error instanceof GraphQLError ? error.originalError : undefined } = error as Error & {
    code?: unknown;
  };
  if (typeof code === "string" && (RETRYABLE_SQL_STATE.test(code) || RETRYABLE_SYSTEM_CODES.has(code))) return true;
  if (RETRYABLE_WORDS.test(error.message)) return true;
  return cause !== undefined && cause !== error && isRetryable(cause);
}
