import { CombinedGraphQLErrors, ServerError } from "@apollo/client/errors";

/** The API's closed list of codes, and what only the browser knows: the network did not carry. */
export type FaultCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "UPSTREAM_UNAVAILABLE"
  | "INTERNAL"
  | "NETWORK";

/** Why something did not work, as it is shown: plain words, and an id that support can look up. */
export type Fault = {
  readonly code: FaultCode;
  readonly message: string;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
};

const WORDS: Readonly<Record<FaultCode, string>> = {
  UNAUTHENTICATED: "You are logged out. Log in and try again.",
  FORBIDDEN: "Your role does not allow this.",
  NOT_FOUND: "This does not exist, or it is not yours to see.",
  BAD_USER_INPUT: "The server did not understand the input.",
  CONFLICT: "Somebody else changed this meanwhile. Reload and try again.",
  RATE_LIMITED: "Too many requests. Wait a moment and try again.",
  UPSTREAM_UNAVAILABLE: "A service we depend on does not answer. Nothing is known about the outcome.",
  INTERNAL: "Something went wrong on our side.",
  NETWORK: "The server cannot be reached. Check your connection.",
};

const isFaultCode = (code: unknown): code is FaultCode => typeof code === "string" && code in WORDS;

const SPOKEN_BY_SERVER: ReadonlySet<FaultCode> = new Set([
  "BAD_USER_INPUT",
  "CONFLICT",
  "RATE_LIMITED",
  "UPSTREAM_UNAVAILABLE",
]);

/** Reads any thrown value as a fault. */
export function faultOf(error: unknown): Fault {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    const code = isFaultCode(first?.extensions?.["code"])
      ? first.extensions["code"]
      : codeOfUnknown(first?.extensions?.["code"]);
    return {
      code,
      message: SPOKEN_BY_SERVER.has(code) && first ? first.message : WORDS[code],
      requestId: text(first?.extensions?.["requestId"]),
      retryAfterSeconds: whole(first?.extensions?.["retryAfterSeconds"] ?? first?.extensions?.["retryAfter"]),
    };
  }
  if (ServerError.is(error)) {
    const code = error.statusCode === 429 ? "RATE_LIMITED" : "INTERNAL";
    return {
      code,
      message: WORDS[code],
      requestId: error.response.headers.get("x-request-id"),
      retryAfterSeconds: whole(error.response.headers.get("retry-after")),
    };
  }
  const isNetwork = error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
  const code = isNetwork ? "NETWORK" : "INTERNAL";
  return { code, message: WORDS[code], requestId: null, retryAfterSeconds: null };
}

// The edge answers malformed documents with codes of graphql's own.
const codeOfUnknown = (code: unknown): FaultCode =>
  typeof code === "string" && /^(GRAPHQL_|BAD_)/.test(code) ? "BAD_USER_INPUT" : "INTERNAL";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const whole = (value: unknown): number | null => {
  const seconds = typeof value === "string" ? Number(value) : value;
  return typeof seconds === "number" && Number.isFinite(seconds) ? Math.ceil(seconds) : null;
};
