import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { apiVersion, operationOf } from "../contract/contract.ts";
import type { Api, Outcome } from "./api.ts";
import { checkKey } from "./auth.ts";
import { delayOf, type Fault, type Faults } from "./faults.ts";
import { decodeForm } from "./form.ts";
import { newId } from "./new-id.ts";
import type { Route } from "./route.ts";
import { StripeError } from "./stripe-error.ts";

type Options = {
  readonly api: Api;
  readonly faults: Faults;
  readonly routes: readonly Route[];
  readonly secretKey: string;
  /** Runs before each request: work that fell due by the clock comes first. */
  readonly catchUp: () => void;
};

/** The API over HTTP. Pages and controls are added to the server that this returns. */
export function createServer(options: Options): FastifyInstance {
  const { api, routes } = options;
  const server = Fastify({ logger: false, bodyLimit: 4 * 1024 * 1024, forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));

  for (const route of routes) {
    operationOf(route.method, route.path);
    server.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => respond(options, route, request, reply),
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const { pathname } = new URL(request.url, "http://stand-in");
    const unknown = () => {
      const hint = "Please see https://docs.stripe.com/api, and the README of stripe-local for what it serves.";
      throw new StripeError(`Unrecognized request URL (${request.method}: ${pathname}). ${hint}`, { status: 404 });
    };
    return send(
      reply,
      newId("req", 14),
      refused(api, () => (checkKey(request, options.secretKey), unknown())),
    );
  });
  server.setErrorHandler((error, _request, reply) =>
    send(
      reply,
      newId("req", 14),
      refused(api, () => raise(error)),
    ),
  );
  return server;
}

async function respond(options: Options, route: Route, request: FastifyRequest, reply: FastifyReply) {
  const { api, faults, secretKey } = options;
  const requestId = newId("req", 14);
  const key = headerOf(request, "idempotency-key");
  const { pathname, search } = new URL(request.url, "http://stand-in");

  const work = async (): Promise<Outcome> => {
    const refusal = refused(api, () => {
      checkKey(request, secretKey);
      checkVersion(request);
      checkContentType(request);
    });
    if (refusal) return refusal;
    options.catchUp();
    const body = typeof request.body === "string" ? decodeForm(request.body) : {};
    const params = { ...decodeForm(search.slice(1)), ...body };
    const ids = request.params as Record<string, string>;
    return api.answer(route, { method: request.method, path: pathname, ids, params, requestId, idempotencyKey: key });
  };

  const fault = faults.take(`${request.method} ${pathname}`, ["status", "drop", "delay"]);
  const outcome = fault ? await goWrong(fault, work, api, key) : await work();
  if (outcome === "drop") {
    request.raw.socket.destroy();
    return reply.hijack();
  }
  if (key !== null) void reply.header("idempotency-key", key);
  return send(reply, requestId, outcome);
}

/** What the caller gets instead of, or after, the answer. */
async function goWrong(
  fault: Fault,
  work: () => Promise<Outcome>,
  api: Api,
  key: string | null,
): Promise<Outcome | "drop"> {
  const done = fault.after || fault.kind === "delay" ? await work() : null;
  if (fault.kind === "drop") return "drop";
  if (done && fault.kind === "delay") {
    // To others, the request is under way until it is answered.
    const release = key === null ? () => undefined : api.answers.hold(key);
    await delayOf(fault);
    release();
    return done;
  }
  const { status = 500 } = fault;
  const error =
    status === 429
      ? new StripeError("Request rate limit exceeded.", { status, type: "rate_limit_error", code: "rate_limit" })
      : new StripeError("An unknown error occurred", { status, type: "api_error" });
  return { ...api.refusal(error), replayOf: null };
}

function refused(api: Api, check: () => void): Outcome | null {
  try {
    check();
    return null;
  } catch (error) {
    return { ...api.refusal(error), replayOf: null };
  }
}

function send(reply: FastifyReply, requestId: string, outcome: Outcome | null) {
  if (!outcome) return reply.status(500).send();
  void reply.headers({ "request-id": requestId, "stripe-version": apiVersion });
  if (outcome.replayOf !== null) {
    void reply.headers({ "idempotent-replayed": "true", "original-request": outcome.replayOf });
  }
  return reply.status(outcome.status).type("application/json").send(outcome.body);
}

function checkVersion(request: FastifyRequest): void {
  const asked = headerOf(request, "stripe-version");
  if (asked !== null && asked !== apiVersion) {
    throw new StripeError(`Invalid Stripe API version: ${asked}. stripe-local speaks ${apiVersion} only.`);
  }
}

function checkContentType(request: FastifyRequest): void {
  const type = headerOf(request, "content-type") ?? "";
  if (request.body && !type.startsWith("application/x-www-form-urlencoded")) {
    throw new StripeError(
      "Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have questions, we can help at https://support.stripe.com/.",
    );
  }
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}

function raise(error: unknown): never {
  // Fastify's own errors (a body that is too big, a malformed path) are the caller's.
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  if (error instanceof Error && status < 500) throw new StripeError(error.message, { status });
  throw error;
}
