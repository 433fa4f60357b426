import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";

/** A body of more is refused before it is read. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** A body that cannot be taken: its message is shown to the caller. */
class BadBody extends Error {
  readonly statusCode = 400;
}

/** Signs of what has to be looked at closely: NUL, lone surrogates, names that reach into prototypes, plain letters in disguise. */
const SUSPECT = /\\u(?:00[04-7]|\{|[dD][89a-fA-F])|__proto__|"constructor"|"prototype"/;

/** A GraphQL document spells escapes of its own inside its strings. */
const NUL_IN_DOCUMENT = /\\u0000|\\u\{0+\}/;

/**
 * Reads JSON bodies: strict UTF-8, no NUL, no lone surrogates, no keys that would reach into
 * prototypes, so that what arrives can be stored as text and answered as it came.
 */
export function readJsonBodies(server: FastifyInstance): void {
  server.removeContentTypeParser("application/json");
  server.addContentTypeParser(
    "application/json",
    { parseAs: "buffer", bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => {
      try {
        done(null, parseBody(body as Buffer));
      } catch (error) {
        done(error instanceof BadBody ? error : new BadBody("The body is not JSON."));
      }
    },
  );
}

/** @throws BadBody */
function parseBody(body: Buffer): unknown {
  if (body.length === 0) throw new BadBody("The body is empty. Send JSON with a query.");
  if (!isUtf8(body)) throw new BadBody("The body is not UTF-8.");
  const text = body.toString("utf8");
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new BadBody("The body is not JSON.");
  }
  if (!SUSPECT.test(text)) return parsed;
  checkText(parsed, 0);
  const query = typeof parsed === "object" && parsed !== null && "query" in parsed ? parsed.query : null;
  if (typeof query === "string" && NUL_IN_DOCUMENT.test(query))
    throw new BadBody("Text may not hold the NUL character.");
  return parsed;
}

function checkText(value: unknown, depth: number): void {
  if (depth > 64) throw new BadBody("The body is nested too deeply.");
  if (typeof value === "string") {
    if (value.includes("\0")) throw new BadBody("Text may not hold the NUL character.");
    if (!value.isWellFormed()) throw new BadBody("Text may not hold lone surrogates: it would not be UTF-8.");
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      if (key === "__proto__" || key === "constructor" || key === "prototype")
        throw new BadBody(`The name ${key} may not be used.`);
      checkText(key, depth + 1);
      checkText(part, depth + 1);
    }
  }
}
